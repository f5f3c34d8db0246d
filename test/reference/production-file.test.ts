import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { productionFile, productionVariables } from '../../reference/production-file.ts'

const compose = readFileSync(join(import.meta.dirname, '../../docker-compose.prod.yml'), 'utf8')
// NAME, and what stands after :- or :? where there is something.
const read = [...compose.matchAll(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g)]

test('every variable of docker-compose.prod.yml has its meaning in .env.production.example, and no other', () => {
  const names = [...new Set(read.map(([, name]) => name))]
  assert.deepEqual(Object.keys(productionVariables).sort(), names.sort())
  for (const name of names) assert.match(productionFile(), new RegExp(`^# .+\\n#?${name}=`, 'm'))
})

test('a variable that is commented out stands there with its default', () => {
  for (const [, name = '', kind, value] of read) {
    const variable = productionVariables[name]
    if (kind === '?') assert.ok(variable?.must, name)
    if (!variable?.must) assert.equal(variable?.value, value, name)
  }
})
