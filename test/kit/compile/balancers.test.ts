import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, faultsOf, serviceOf, stackOf, type Written } from './compiling.ts'

const asks = (port: number | string, target?: number | string): Written => ({
  outside: false,
  dependencies: [{ name: 'api', port, alias: 'backend', ...(target && { target_port: target }) }],
})
const scaled = { ports: [8000], scaling_policy: { min: 2, max: 4 }, outside: false }
const healthy = { ...scaled, health: { path: '/ready' } }

test('a dependency on a scaled component goes through a balancer that answers to its name', () => {
  const { services } = stackOf({ web: asks(8000), api: scaled })
  assert.deepEqual(Object.keys(services), ['s-api', 's-api-balancer', 's-web'])
  assert.deepEqual(services['s-web']?.networks, { 's-web--s-api-balancer': {} })
  assert.deepEqual(services['s-api-balancer']?.networks, {
    's-api-balancer--s-api': {},
    's-web--s-api-balancer': { aliases: ['backend'] },
  })
  assert.deepEqual(services['s-api']?.networks, { 's-api-balancer--s-api': {} })
  assert.equal(services['s-web']?.environment?.BACKEND_PORT_8000_TCP_ADDR, 'backend')
})

test('one balancer is there for all that depend on a component', () => {
  const { services } = stackOf({ web: asks(8000), admin: asks(8000), api: scaled })
  assert.equal(Object.keys(services).filter((key) => key.includes('balancer')).length, 1)
})

for (const [what, api] of Object.entries({
  'one instance': { ports: [8000] },
  'one instance on every machine': { ports: [8000], placement: 'global' },
  'nothing but UDP': { ports: ['8000/udp'], scaling_policy: { max: 3 } },
}))
  test(`a component with ${what} has no balancer`, () => {
    const port = what.includes('UDP') ? '8000/udp' : 8000
    assert.deepEqual(Object.keys(stackOf({ web: asks(port), api }).services), ['s-api', 's-web'])
  })

test('a balancer is on every machine, contained and limited, and lets requests end when it goes', () => {
  for (const ofApp of [{}, { balancer: 'example/balancer:2' }]) {
    const service = serviceOf('s-api-balancer', { web: asks(8000), api: healthy }, { ofApp })
    assert.equal(service.deploy.mode, 'global')
    assert.equal(service.hostname, 'api-{{.Node.ID}}')
    assert.deepEqual(
      [service.init, service.read_only, service.cap_drop, service.stop_signal],
      [true, true, ['ALL'], 'SIGUSR1'],
    )
    assert.deepEqual(Object.keys(service.deploy.resources?.limits ?? {}), ['cpus', 'memory', 'pids'])
    const { order, parallelism } = service.deploy.update_config ?? {}
    assert.deepEqual([order, parallelism], ['start-first', 1])
    assert.deepEqual(service.deploy.labels, {
      'dogfood.app': 'shop-dev',
      'dogfood.component': 's/api',
      'dogfood.kind': 'balancer',
    })
  }
})

test('the image that the app names learns who answers, on which port, and how many there can be', () => {
  const api = { ...healthy, ports: [9000, 8000], health: { path: '/ready', port: 8000 } }
  const options = { ofApp: { balancer: 'example/balancer:2' } }
  const { image, environment, configs } = serviceOf('s-api-balancer', { web: asks(80, 8000), api }, options)
  assert.equal(image, 'example/balancer:2')
  assert.equal(configs, undefined)
  assert.deepEqual(environment, {
    CHECK_READY: '/ready',
    INSTANCES: 'tasks.shop-dev_s-api',
    LISTEN: '80',
    PORT: '8000',
    SLOTS: '12',
  })
})

test('without such an image, or a page that says who is well, the kit configures a plain HAProxy', () => {
  const plain = compileAll({ web: asks(8000), api: scaled }, { ofApp: { balancer: 'example/balancer:2' } })
  const service = plain.stack.services['s-api-balancer']
  assert.equal(service?.image, 'haproxy:3.2.26')
  assert.deepEqual(service?.configs, [
    { source: 's-api-balancer', target: '/usr/local/etc/haproxy/haproxy.cfg', mode: 0o444 },
  ])
  const [config] = plain.configs
  assert.equal(plain.stack.configs['s-api-balancer']?.name, config?.name)
  assert.match(
    String(config?.content),
    /backend port-8000 from tcp\n {2}server-template instance 1-12 tasks\.shop-dev_s-api:8000\n/,
  )
  const [asked] = compileAll({ web: asks(8000), api: healthy }, { balancerImage: 'mirror/haproxy:3' }).configs
  assert.match(
    String(asked?.content),
    /backend port-8000 from http[\s\S]*http-check send meth GET uri "\/ready"/,
  )
})

test('the operator names another plain HAProxy', () => {
  const options = { balancerImage: 'mirror/haproxy:3' }
  assert.equal(
    serviceOf('s-api-balancer', { web: asks(8000), api: scaled }, options).image,
    'mirror/haproxy:3',
  )
})

test('a port that is another for the dependent is made that by a balancer, even for one instance', () => {
  const components = { web: asks(80, 8000), api: { ports: [8000] } }
  const { configs } = compileAll(components)
  assert.match(
    String(configs[0]?.content),
    /frontend asked-80 from tcp\n {2}bind :80\n {2}default_backend port-80\n/,
  )
  assert.match(String(configs[0]?.content), /backend port-80 from tcp\n.* tasks\.shop-dev_s-api:8000\n/)
  assert.ok(stackOf(components).services['s-api-balancer'])
})

test('several ports of a component have one balancer', () => {
  const dependencies = [
    { name: 'api', port: 8000 },
    { name: 'api', port: 8404 },
  ]
  const api = { ...scaled, ports: [8000, 8404] }
  const { configs } = compileAll(
    { web: { dependencies }, api },
    { ofApp: { balancer: 'example/balancer:2' } },
  )
  assert.match(String(configs[0]?.content), /bind :8000\n[\s\S]*bind :8404\n/)
  // The port where the balancer itself is asked whether it is well gives way.
  assert.match(String(configs[0]?.content), /frontend operating from http\n {2}bind :8405\n/)
})

test('one port of a balancer can not be two of a component', () => {
  const components = { web: asks(80, 8000), admin: asks(80, 9000), api: { ports: [8000, 9000] } }
  assert.match(faultsOf(components)[0] ?? '', /port 80 is its port 8000, and for others 9000/)
})

test('the configuration of a balancer is named by its content', () => {
  const name = (max: number) =>
    compileAll({ web: asks(8000), api: { ...scaled, scaling_policy: { max } } }).configs[0]?.name
  assert.match(name(3) ?? '', /^shop-dev_s-api-balancer-[0-9a-f]{12}$/)
  assert.equal(name(3), name(3))
  assert.notEqual(name(3), name(4))
})
