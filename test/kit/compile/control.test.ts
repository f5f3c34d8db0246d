import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceOf, stackOf, type Written } from './compiling.ts'

const components: Readonly<Record<string, Written>> = {
  web: { outside: false, dependencies: [{ name: 'api', port: 8000 }] },
  api: { ports: [8000], scaling_policy: { min: 2, max: 4 }, outside: false, health: { path: '/ready' } },
  control: { control: true, outside: false },
}
const ofApp = { balancer: 'example/balancer:2' }

test('what controls an app runs on managers, with the socket of their engine, and knows the app', () => {
  const control = serviceOf('s-control', components, { ofApp })
  const socket = '/var/run/docker.sock'
  assert.deepEqual(control.volumes, [{ type: 'bind', source: socket, target: socket }])
  assert.deepEqual(control.deploy.placement?.constraints, ['node.role == manager'])
  assert.deepEqual(control.environment, { CONTROL_STACK: 'shop-dev', CONTROL_ENVIRONMENT: 'me/dev' })
})

test('the socket may be elsewhere on the nodes', () => {
  const { volumes } = serviceOf('s-control', components, { ofApp, engineSocket: '/run/{{.Node.Hostname}}' })
  assert.deepEqual(volumes, [
    { type: 'bind', source: '/run/{{.Node.Hostname}}', target: '/var/run/docker.sock' },
  ])
})

test('the balancer of the app knows its control and the canary, and shares a network with its control alone', () => {
  const { services, networks } = stackOf(components, { ofApp })
  const { CONTROL, CANARY_INSTANCES } = services['s-api-balancer']?.environment ?? {}
  assert.deepEqual([CONTROL, CANARY_INSTANCES], ['tasks.shop-dev_s-control', 'tasks.shop-dev_s-api-canary'])
  assert.deepEqual(Object.keys(services['s-control']?.networks ?? {}), ['s-control--s-api-balancer'])
  assert.equal(networks['s-control--s-api-balancer']?.internal, true)
  const others = Object.keys(services).filter((key) => services[key]?.networks?.['s-control--s-api-balancer'])
  assert.deepEqual(others, ['s-api-balancer', 's-control'])
})

test('a balancer that the kit configures knows no canary, nor does one of an app without control', () => {
  assert.deepEqual(Object.keys(serviceOf('s-control', components).networks ?? {}), ['s-control--alone'])
  const { control: _, ...uncontrolled } = components
  const { environment } = serviceOf('s-api-balancer', uncontrolled, { ofApp })
  assert.equal(environment?.CONTROL, undefined)
})
