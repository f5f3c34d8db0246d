import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultKinds, sayFault } from '../../../kit/definition/fault.ts'
import { readDefinition } from '../../../kit/definition/read.ts'
import { json } from './fault-cases/json.ts'
import { together } from './fault-cases/together.ts'
import { values } from './fault-cases/values.ts'
import { at, web } from './fault-cases/written.ts'

const read = (text: string, assignments: string[] = []) =>
  readDefinition({
    definition: { file: 'swarm.json', text },
    environment: 'giantswarm/testing',
    loginName: 'ada',
    assignments,
  })

const cases = [...json, ...values, ...together]

for (const [text, kind, ...messages] of cases)
  test(messages[0] ?? '', () => {
    const { app, faults } = read(text)
    assert.deepEqual(faults.map(sayFault), messages)
    assert.equal(faults[0]?.kind, kind)
    assert.equal(app, undefined)
  })

test('there are many cases, and one of every kind that is a fault', () => {
  assert.ok(cases.length >= 60)
  const warnings = ['secret', 'unused-variable', 'no-effect']
  const kinds = new Set(cases.map(([, kind]) => kind))
  assert.deepEqual(
    Object.keys(faultKinds)
      .filter((kind) => !warnings.includes(kind))
      .sort(),
    [...kinds].sort(),
  )
})

test('a variable without value is named with its place and the environment', () => {
  const lines = JSON.stringify(
    {
      app_name: 'a',
      services: [
        {
          service_name: 'default',
          components: [
            {
              component_name: 'redis',
              image: 'redis',
              ports: [6379, 6380, 6381],
              env: { A: 1, B: 2, C: 3, D: 4 },
            },
            { component_name: 'webapp', image: 'x', scaling_policy: { min: '$webapp_scaling_min' } },
          ],
        },
      ],
    },
    null,
    2,
  )
  const before = lines.slice(0, lines.indexOf('"min"')).split('\n').length
  const { faults } = read('\n'.repeat(31 - before) + lines)
  assert.deepEqual(faults.map(sayFault), [
    'swarm.json:31 services/default/components/webapp/scaling_policy/min: expected a whole number of 1 or more, ' +
      'got "$webapp_scaling_min" (undefined in giantswarm/testing)',
  ])
})

test('a wrong value is named with the variable that it came from', () => {
  const { faults } = read(web('"ports": [$port]'), ['port=http'])
  assert.deepEqual(faults.map(sayFault), [
    `${at}/ports/0: expected a port from 1 to 65535, such as 8080 or "8080/tcp", got "http" (from "$port" in giantswarm/testing)`,
  ])
})

test('all faults are told at once, in the order of the file', () => {
  const { faults } = read(web('"ports": ["a"], "image": 1, "env": { "A": "$b" }, "drain": "x", "tmpfs": 7'))
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['value', 'undefined-variable', 'value', 'value'],
  )
})

test('a forgotten comma hides no other fault', () => {
  const { faults } = read(web('"ports": [1 "2"], "drain": "x"'))
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['syntax', 'value'],
  )
})

test('500 components are read well within a second', () => {
  const components = Array.from({ length: 500 }, (_, index) => ({
    component_name: `c${index}`,
    image: `example/c${index}:1`,
    ports: [8000],
    env: { A: '$a', B: index },
    domains: { [`c${index}.example.com`]: 8000 },
    dependencies: index === 0 ? [] : [{ name: `c${index - 1}`, port: 8000 }],
  }))
  const text = JSON.stringify({ app_name: 'a', services: [{ service_name: 's', components }] }, null, 2)
  read(text, ['a=1'])
  const times = [0, 1, 2].map(() => {
    const start = performance.now()
    assert.equal(read(text, ['a=1']).faults.length, 0)
    return performance.now() - start
  })
  assert.ok(Math.min(...times) < 1000, `${times}`)
})
