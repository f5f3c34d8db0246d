import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceOf, type Written, warningsOf } from './compiling.ts'

const web = (written: Written, options: Parameters<typeof serviceOf>[2] = {}) =>
  serviceOf('s-web', { web: written }, options)

test('a service is what the definition says of a component, and nothing else', () => {
  const written = {
    image: 'example/web:1',
    entrypoint: ['/start', '--now'],
    args: ['a', 'b c'],
    env: { B: '1', A: '$$' },
  }
  const { deploy, ...service } = web(written)
  assert.deepEqual(service, {
    image: 'example/web:1',
    entrypoint: ['/start', '--now'],
    command: ['a', 'b c'],
    environment: { A: '$', B: '1' },
    networks: { 's-web--out': {} },
    init: true,
  })
  assert.deepEqual(Object.keys(deploy), [
    'mode',
    'replicas',
    'endpoint_mode',
    'labels',
    'update_config',
    'rollback_config',
    'restart_policy',
  ])
  assert.deepEqual(deploy.labels, {
    'dogfood.app': 'shop-dev',
    'dogfood.component': 's/web',
    'dogfood.kind': 'component',
  })
})

test('limits are those of an instance', () => {
  assert.deepEqual(web({ limits: { cpus: 0.5, memory: '384m', pids: 200 } }).deploy.resources, {
    limits: { cpus: '0.5', memory: '402653184', pids: 200 },
  })
})

test('a contained component has a read-only root, no capabilities, and its folders in memory', () => {
  const { read_only, cap_drop, init, volumes } = web({
    contained: true,
    tmpfs: { '/tmp': '16m', '/run': '1m' },
  })
  assert.deepEqual([read_only, cap_drop, init], [true, ['ALL'], true])
  assert.deepEqual(volumes, [
    { type: 'tmpfs', target: '/run', tmpfs: { size: 1_048_576 } },
    { type: 'tmpfs', target: '/tmp', tmpfs: { size: 16_777_216 } },
  ])
  assert.deepEqual(web({ tmpfs: ['/tmp'] }).volumes, [{ type: 'tmpfs', target: '/tmp' }])
})

test('an update starts the new first, watches its health, and returns by itself', () => {
  const { update_config, rollback_config } = web({
    update: { parallelism: 2, delay: '1.5s', monitor: '30s' },
  }).deploy
  assert.deepEqual(update_config, {
    parallelism: 2,
    delay: '1500ms',
    order: 'start-first',
    failure_action: 'rollback',
    monitor: '30s',
    max_failure_ratio: 0,
  })
  assert.deepEqual(rollback_config, { ...update_config, failure_action: 'pause' })
})

const orders: readonly (readonly [what: string, written: Written, order: string, parallelism: number])[] = [
  ['by default', {}, 'start-first', 1],
  ['with hot-swap', { update: 'hot-swap' }, 'start-first', 0],
  ['with all-at-once', { update: 'all-at-once' }, 'stop-first', 0],
  ['with a volume of its own', { volumes: ['/data'] }, 'stop-first', 1],
  ['with a shared volume', { volumes: [{ path: '/data', shared: true }] }, 'start-first', 1],
  ['on every machine', { placement: 'global' }, 'start-first', 1],
  // A second one would find no machine that has none.
  ['with one a machine', { placement: 'one-per-machine', update: 'hot-swap' }, 'stop-first', 0],
]

for (const [what, written, order, parallelism] of orders)
  test(`an update ${what} is ${order}, ${parallelism || 'all'} at a time`, () => {
    const { update_config } = web(written).deploy
    assert.deepEqual([update_config?.order, update_config?.parallelism], [order, parallelism])
  })

test('the test of health is its own, or that of the image with other times, or none', () => {
  const command = { command: ['curl', 'localhost'], interval: '2s' }
  assert.deepEqual(web({ health: command }).healthcheck, {
    test: ['CMD', 'curl', 'localhost'],
    interval: '2s',
    timeout: '3s',
    retries: 3,
    start_period: '60s',
    start_interval: '500ms',
  })
  assert.deepEqual(web({ ports: [1], health: { path: '/', start_period: '2m' } }).healthcheck, {
    start_period: '120s',
  })
  assert.equal(web({ ports: [1], health: { path: '/' } }).healthcheck, undefined)
  assert.deepEqual(web({ health: 'none' }).healthcheck, { disable: true })
})

test('an instance has the time to drain that the definition gives it', () => {
  assert.equal(web({ drain: '40s' }).stop_grace_period, '40s')
})

test('as many instances stay as run, within the numbers of the definition', () => {
  const running = (count: number) =>
    web({ scaling_policy: { min: 2, max: 4 } }, { instances: new Map([['s/web', count]]) }).deploy.replicas
  assert.deepEqual([1, 2, 3, 4, 5].map(running), [2, 2, 3, 4, 4])
  assert.equal(web({ scaling_policy: { min: 2, max: 4 } }).deploy.replicas, 2)
  assert.equal(web({ scaling_policy: { min: 2, max: 4 } }).deploy.labels['dogfood.scale'], '2-4')
})

test('more instances than a network has addresses for are warned of', () => {
  assert.match(warningsOf({ web: { scaling_policy: { max: 200 } } })[0] ?? '', /addresses for about 120/)
})

test('a component that runs at times is a job that has not begun', () => {
  for (const schedule of ['manual', '0 3 * * *']) {
    const { deploy } = web({ schedule, limits: { pids: 5 } })
    assert.deepEqual(deploy, {
      mode: 'replicated-job',
      replicas: 0,
      endpoint_mode: 'dnsrr',
      labels: { 'dogfood.app': 'shop-dev', 'dogfood.component': 's/web', 'dogfood.kind': 'job' },
      restart_policy: { condition: 'none' },
      resources: { limits: { pids: 5 } },
    })
  }
})

test('a service that runs its image by another name keeps in a label the one that was written', () => {
  const at = (image: string) => web({}, { images: new Map([['example/web:1', image]]) })
  const { image, deploy } = at('example/web:0@sha256:aa')
  assert.deepEqual([image, deploy.labels['dogfood.image']], ['example/web:0@sha256:aa', 'example/web:1'])
  assert.equal(at('example/web:1@sha256:aa').deploy.labels['dogfood.image'], undefined)
  const haproxy = { images: new Map([['haproxy:3.2.26', 'example/balancer:1@sha256:aa']]) }
  const published = { ports: [80], domains: { 'a.example': 80 } }
  const { labels } = serviceOf('front', { web: published }, haproxy).deploy
  assert.equal(labels['dogfood.image'], 'haproxy:3.2.26')
})

test('an image has the digest that was found for it', () => {
  const digest = `example/web:1@sha256:${'a'.repeat(64)}`
  assert.equal(web({}, { images: new Map([['example/web:1', digest]]) }).image, digest)
  const options = { images: new Map([['haproxy:3.2.26', digest]]) }
  const published = { ports: [80], domains: { 'a.b': 80 } }
  assert.equal(serviceOf('front', { web: published }, options).image, digest)
})

test('a variable knows node and task, and other double braces are text', () => {
  const env = { NODE: 'on {{.Node.ID}}, {{ .Task.Slot }}', TEMPLATE: 'Dear {{ name }}, {{{x}}}' }
  assert.deepEqual(web({ env }).environment, {
    NODE: env.NODE,
    TEMPLATE: 'Dear {{"{{"}} name }}, {{"{{"}}{x}}}',
  })
})
