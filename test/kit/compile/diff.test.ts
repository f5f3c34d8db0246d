import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, restarted, sayChange } from '../../../kit/compile/diff.ts'
import { compileAll, stackOf, type Written } from './compiling.ts'

type Components = Readonly<Record<string, Written>>
type Options = Parameters<typeof stackOf>[1]

const lines = (from: Components, to: Components, before: Options = {}, after: Options = before): string[] =>
  diff(stackOf(from, before), stackOf(to, after)).map(sayChange)

/** What is told of a component that is changed. */
const changed = (before: Written, after: Written, ...options: Options[]): string[] =>
  lines({ web: before }, { web: after }, ...options).map((line) => line.replace('s/web: ', ''))

test('the same app has no changes, so nothing is restarted', () => {
  const components = { web: { dependencies: [{ name: 'db', port: 1 }] }, db: { ports: [1], volumes: ['/x'] } }
  assert.deepEqual(lines(components, components), [])
})

test('where nothing runs, all components are added', () => {
  assert.deepEqual(diff(undefined, stackOf({ web: {}, db: {} })).map(sayChange), [
    's/db: component added example/db:1',
    's/web: component added example/web:1',
  ])
})

test('a component that comes and one that goes are a line each, and restart nobody else', () => {
  const changes = diff(stackOf({ web: {}, old: {} }), stackOf({ web: {}, next: {} }))
  assert.deepEqual(changes, [
    { kind: 'component added', component: 's/next', to: 'example/next:1', restarts: false },
    { kind: 'component removed', component: 's/old', from: 'example/old:1', restarts: false },
  ])
})

const cases: readonly (readonly [before: Written, after: Written, ...lines: string[]])[] = [
  [{ image: 'a:1' }, { image: 'a:2' }, 'image a:1 -> a:2 (restarts)'],
  [
    { env: { A: '1', B: '1' } },
    { env: { A: '2', C: '1' } },
    'env A 1 -> 2 (restarts)',
    'env B 1 -> none (restarts)',
    'env C 1 (restarts)',
  ],
  [{ args: ['a'] }, { args: ['b'] }, 'command args ["a"] -> ["b"] (restarts)'],
  [{ scaling_policy: { min: 1 } }, { scaling_policy: { min: 3 } }, 'scale 1 -> 3'],
  [
    { limits: { cpus: 1 } },
    { limits: { memory: '1k' } },
    'limits cpus 1 -> none (restarts)',
    'limits memory 1024 (restarts)',
  ],
  [
    {},
    { outside: false },
    'network s-web--alone attached (restarts)',
    'network s-web--out attached -> none (restarts)',
  ],
  [{}, { health: { command: 'true', retries: 5 } }],
  [{ drain: 5 }, { drain: 6 }, 'drain time 5s -> 6s (restarts)'],
  [
    { contained: true },
    { contained: true, tmpfs: { '/tmp': '1k' } },
    'volume /tmp in memory, 1024 bytes (restarts)',
  ],
  [
    { contained: true },
    {},
    'containment dropped ["ALL"] -> none (restarts)',
    'containment read-only true -> none (restarts)',
  ],
  [{}, { placement: { labels: { a: 'b' } } }, 'placement constraints ["node.labels.a == b"]'],
  [{ update: { delay: 1 } }, { update: { delay: 2 } }, 'update delay 1s -> 2s'],
]

for (const [before, after, ...expected] of cases)
  test(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
    const found = changed(before, after)
    if (expected.length > 0) assert.deepEqual(found, expected)
    else
      assert.ok(found.length > 0 && found.every((line) => /^health .*\(restarts\)$/.test(line)), found.join())
  })

test('a kind of service that Swarm can not change into another is told as its mode', () => {
  assert.equal(changed({}, { placement: 'global' })[0], 'mode replicated -> global (restarts)')
  assert.equal(changed({ schedule: 'manual' }, {})[0], 'mode replicated-job -> replicated (restarts)')
})

test('ports of the nodes are told', () => {
  const web = (port: string) => ({ ports: [1], placement: 'global', domains: { [`a.b:${port}`]: 1 } })
  assert.deepEqual(changed(web('443'), web('444')), [
    'ports 443 to 1/tcp -> none (restarts)',
    'ports 444 to 1/tcp (restarts)',
  ])
})

test('a secret or a config with another content changes and restarts those that use it, and no other', () => {
  const components = { web: { secrets: ['key'], configs: { '/c': 'c' } }, db: {} }
  const options = (content: string): Options => ({
    secrets: new Map([['key', `shop-dev_key-${content}`]]),
    configs: new Map([['c', content]]),
  })
  const changes = diff(stackOf(components, options('1')), stackOf(components, options('2')))
  assert.deepEqual(
    changes.map(({ kind, component, what }) => [kind, component, what]),
    [
      ['secret', 's/web', 'key'],
      ['config', 's/web', '/c'],
    ],
  )
  assert.deepEqual(restarted(changes), ['s/web'])
})

test('a balancer that comes with scaling is told, and so is the way to it', () => {
  const app = (max: number) => ({
    web: { dependencies: [{ name: 'api', port: 1 }], outside: false },
    api: { ports: [1], scaling_policy: { max }, outside: false },
  })
  const changes = diff(stackOf(app(1)), stackOf(app(2)))
  assert.deepEqual(
    changes.map(({ kind, component }) => `${kind} ${component}`),
    ['network s/api', 'network s/api', 'component added s-api-balancer', 'network s/web', 'network s/web'],
  )
})

test('more instances at most restart the balancer, which has places for them, and not the component', () => {
  const app = (max: number) => ({
    web: { dependencies: [{ name: 'api', port: 1 }] },
    api: { ports: [1], scaling_policy: { min: 2, max } },
  })
  assert.deepEqual(restarted(diff(stackOf(app(3)), stackOf(app(4)))), ['s-api-balancer'])
})

test('no release number or other thing of the moment is in a service', () => {
  const components = { web: { configs: { '/c': 'c' } } }
  const once = compileAll(components, { configs: new Map([['c', 'x']]) })
  assert.deepEqual(compileAll(components, { configs: new Map([['c', 'x']]) }), once)
})
