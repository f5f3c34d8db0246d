import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { commands, composeVariables } from '../../reference/command-table.ts'
import { composeDefaults, scriptNames } from '../../reference/commands.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

test('every script is described, and none that is not there', () => {
  assert.deepEqual(Object.keys(commands).sort(), scriptNames().sort())
})

test('every variable of docker-compose.yml is described, and none that is not there', () => {
  assert.deepEqual(Object.keys(composeVariables).sort(), [...composeDefaults().keys()].sort())
})

for (const [script, { options = {} }] of Object.entries(commands)) {
  const file = /^node (\S+\.ts)$/.exec(scripts[script] ?? '')?.[1]
  if (file === undefined) continue
  test(`the options of ${script} are those that ${file} takes`, () => {
    const taken = [...read(file).matchAll(/(?<=[{,\s])(\w+): \{ type: '(?:string|boolean)'/g)]
    assert.deepEqual(Object.keys(options).sort(), taken.map(([, name]) => name).sort())
  })
}
