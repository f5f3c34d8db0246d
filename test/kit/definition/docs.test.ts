import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { convert } from '../../../kit/definition/convert/convert.ts'
import { sayFault } from '../../../kit/definition/fault.ts'
import { readDefinition } from '../../../kit/definition/read.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/swarm-json.md'), 'utf8')
const [first = '', variables = '', second = ''] = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(
  ([, text = '']) => text,
)

test('the definition of the docs is right in both of its environments', () => {
  for (const environment of ['shop/production', 'shop/testing']) {
    const { app, faults, warnings } = readDefinition({
      definition: { file: 'swarm.json', text: first },
      variables: { file: 'swarmvars.json', text: variables },
      environment,
      loginName: 'ada',
      strict: true,
    })
    assert.deepEqual([...faults, ...warnings].map(sayFault), [])
    assert.equal(app?.format, 'first')
  }
})

test('the second format of the docs can be read, and converted', () => {
  const definition = { file: 'swarm.json', text: second }
  const { app, faults } = readDefinition({ definition, environment: 'a/b', loginName: 'ada' })
  assert.deepEqual(faults.map(sayFault), [])
  assert.deepEqual(
    app?.services.map(({ name }) => name),
    ['api', 'default'],
  )
  assert.ok(convert(definition, 'shop').text)
})

test('the message of the docs has the form that messages have', () => {
  const [, line = ''] = /^```text\n(.*)\n```/ms.exec(page) ?? []
  const [file = '', path = ''] = line.split(' ')
  const [name = '', number = ''] = file.split(':')
  const message = line.slice(file.length + path.length + 2)
  const place = { file: name, line: Number(number), column: 1, path: path.replace(/:$/, '') }
  assert.equal(sayFault({ kind: 'undefined-variable', place, message }), line)
})
