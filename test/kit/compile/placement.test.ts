import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, faultsOf, serviceOf, type Written } from './compiling.ts'

const constraints = (key: string, components: Readonly<Record<string, Written>>) =>
  serviceOf(key, components).deploy.placement?.constraints

test('labels and one a machine are conditions for nodes', () => {
  const placement = { mode: 'one-per-machine', labels: { zone: 'front', disk: 'ssd' } }
  assert.deepEqual(serviceOf('s-web', { web: { placement } }).deploy.placement, {
    constraints: ['node.labels.disk == ssd', 'node.labels.zone == front'],
    max_replicas_per_node: 1,
  })
})

test('a label that no condition can say is a fault', () => {
  assert.match(
    faultsOf({ web: { placement: { labels: { zone: 'a,b' } } } })[0] ?? '',
    /no condition .* zone=a,b/,
  )
})

test('a component with a volume stays on the node that has it', () => {
  const db = { volumes: ['/data'], placement: { labels: { disk: 'ssd' } } }
  const { pins, stack } = compileAll({ db, web: {} })
  assert.deepEqual(pins, [
    {
      label: 'dogfood.shop-dev.s-db',
      components: ['s/db'],
      nodeLabels: [{ name: 'disk', value: 'ssd' }],
      nodes: 1,
      formerLabels: [],
    },
  ])
  assert.deepEqual(stack.services['s-db']?.deploy.placement?.constraints, [
    'node.labels.disk == ssd',
    'node.labels.dogfood.shop-dev.s-db == here',
  ])
  assert.equal(stack.services['s-web']?.deploy.placement, undefined)
})

test('neither a shared volume nor one on every machine holds a component to a node', () => {
  const shared = { volumes: [{ path: '/data', shared: true }] }
  assert.deepEqual(compileAll({ shared, agent: { volumes: ['/data'], placement: 'global' } }).pins, [])
})

const pod = { pod: 'blog' }

test('components of a pod are on one node: the one with their volumes', () => {
  const components = { web: pod, db: { ...pod, volumes: ['/data'] }, cache: pod, other: {} }
  const [pin, ...others] = compileAll(components).pins
  assert.deepEqual(others, [])
  assert.deepEqual(pin?.components, ['s/cache', 's/db', 's/web'])
  // The label is that of the volume, also where the pod is new.
  assert.equal(pin?.label, 'dogfood.shop-dev.s-db')
  assert.deepEqual(pin?.formerLabels, ['dogfood.shop-dev.s-cache', 'dogfood.shop-dev.s-web'])
  for (const key of ['s-web', 's-db', 's-cache'])
    assert.deepEqual(constraints(key, components), ['node.labels.dogfood.shop-dev.s-db == here'])
})

test('a dependency on the same machine keeps both there, and whoever belongs to either', () => {
  const dependencies = [{ name: 'db', port: 1, same_machine: true }]
  const components = { web: { dependencies, ...pod }, logs: pod, db: { ports: [1] } }
  assert.deepEqual(compileAll(components).pins[0]?.components, ['s/db', 's/logs', 's/web'])
})

test('a pod with one instance a machine has as many nodes as instances', () => {
  const scaling_policy = { min: 2, max: 3, placement: 'one-per-machine' }
  const components = { web: { ...pod, scaling_policy, volumes: ['/data'] }, logs: { ...pod, scaling_policy } }
  const [pin, ...others] = compileAll(components).pins
  assert.deepEqual([pin?.nodes, others], [3, []])
  assert.equal(serviceOf('s-web', components).deploy.placement?.max_replicas_per_node, 1)
})

test('a volume beside one of several has its own node among theirs', () => {
  const dependencies = [{ name: 'web', port: 1, same_machine: true }]
  const components = {
    db: { dependencies, volumes: ['/data'] },
    web: { ports: [1], scaling_policy: { max: 3 }, placement: 'one-per-machine' },
  }
  const [group, own] = compileAll(components).pins
  assert.equal(group?.nodes, 3)
  assert.deepEqual(own, {
    label: 'dogfood.shop-dev.s-db.volume',
    components: ['s/db'],
    nodeLabels: [{ name: 'dogfood.shop-dev.s-db', value: 'here' }],
    nodes: 1,
    formerLabels: [],
  })
  assert.equal(constraints('s-db', components)?.length, 2)
})

test('components of one pod that need different nodes are a fault', () => {
  const on = (zone: string) => ({ ...pod, placement: { labels: { zone } } })
  assert.match(
    faultsOf({ web: on('a'), db: on('b') })[0] ?? '',
    /zone=b, and s\/db|zone=a, and s\/|with zone=/,
  )
})
