import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { keysHelp } from '../../../kit/definition/keys/help.ts'
import { jsonSchemaFile } from '../../../kit/definition/keys/json-schema.ts'
import { sections } from '../../../kit/definition/keys/table.ts'
import { corpus } from './corpus.ts'

const published = readFileSync(join(import.meta.dirname, '../../../kit/swarm.schema.json'), 'utf8')
const isValid = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(published),
)

test('the published schema is that of the table of keys', () => {
  assert.equal(published, jsonSchemaFile())
})

for (const { name, definition } of corpus) {
  const value = parse(definition.text)
  // The schema knows one spelling of a key, and JSON no variable without quotes.
  if (value === undefined || name === 'camel-case') continue
  test(`an editor finds nothing wrong with ${name}`, () => {
    isValid(value)
    assert.deepEqual(isValid.errors ?? [], [])
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace('\uFEFF', ''))
  } catch {
    return undefined
  }
}

const component = (keys: object) => ({
  app_name: 'a',
  services: [{ service_name: 's', components: [{ component_name: 'c', image: 'i', ...keys }] }],
})

for (const [what, value] of Object.entries({
  'an unknown key': component({ scaling_polcy: {} }),
  'a wrong number': component({ scaling_policy: { min: 0 } }),
  'a wrong port': component({ ports: ['http'] }),
  'a wrong choice': component({ update: 'blue-green' }),
  'a missing key': { app_name: 'a' },
  'a wrong key of the second format': { components: { c: { image: 'i', memory_limits: '1g' } } },
}))
  test(`an editor shows ${what}`, () => assert.ok(!isValid(value)))

test('a variable may stand in every value', () => {
  isValid(
    component({ ports: '$p', scaling_policy: { min: '$n' }, contained: '$b', update: '$u', drain: '$d' }),
  )
  assert.deepEqual(isValid.errors ?? [], [])
})

test('the help has every key, with its meaning, and fits a terminal', () => {
  const help = keysHelp()
  for (const { rows } of sections())
    for (const { key, meaning } of rows) {
      assert.match(help, new RegExp(`^ {2}${key} `, 'm'))
      assert.match(meaning, /^\S.*\.$|`$/, key)
    }
  for (const line of help.split('\n')) assert.ok(line.length <= 100, line)
})
