import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceOf, stackOf } from './compiling.ts'

const needs = (...names: string[]) => ({ dependencies: names.map((name) => ({ name, port: 1 })) })
const store = { ports: [1], outside: false }

/** The services on each network. */
function members(components: Parameters<typeof stackOf>[0]): Record<string, string[]> {
  const { services, networks } = stackOf(components)
  return Object.fromEntries(
    Object.keys(networks).map((network) => [
      network,
      Object.keys(services).filter((key) => services[key]?.networks?.[network]),
    ]),
  )
}

test('each dependency is an internal overlay network of just those two', () => {
  const components = {
    web: { ...needs('cache', 'db'), outside: false },
    worker: { ...needs('db'), outside: false },
    cache: store,
    db: store,
  }
  assert.deepEqual(members(components), {
    's-web--s-cache': ['s-cache', 's-web'],
    's-web--s-db': ['s-db', 's-web'],
    's-worker--s-db': ['s-db', 's-worker'],
  })
  for (const network of Object.values(stackOf(components).networks))
    assert.deepEqual(network, { driver: 'overlay', internal: true, labels: { 'dogfood.app': 'shop-dev' } })
})

test('two links to one component share a network, and each alias is there', () => {
  const dependencies = [
    { name: 'db', port: 1, alias: 'writes' },
    { name: 'db', port: 2, alias: 'reads' },
  ]
  const components = { web: { dependencies }, db: { ports: [1, 2], outside: false } }
  assert.deepEqual(serviceOf('s-db', components).networks, {
    's-web--s-db': { aliases: ['reads', 'writes'] },
  })
})

test('a component finds another under its alias, and that one learns no name of it', () => {
  const components = { web: { dependencies: [{ name: 'db', port: 1, alias: 'sql.example' }] }, db: store }
  assert.deepEqual(serviceOf('s-db', components).networks, { 's-web--s-db': { aliases: ['sql.example'] } })
  assert.deepEqual(serviceOf('s-web', components).networks?.['s-web--s-db'], {})
})

test('a component has a network of its own that leads out, unless it says that it needs none', () => {
  const { networks } = stackOf({ web: {}, worker: {} })
  assert.deepEqual(
    Object.entries(networks).map(([name, { internal }]) => [name, internal]),
    [
      ['s-web--out', false],
      ['s-worker--out', false],
    ],
  )
})

test('ports of the nodes need a way out, whatever the component says', () => {
  const published = { ports: [1], domains: { 'a.b': 1 }, placement: 'global', outside: false }
  assert.deepEqual(Object.keys(serviceOf('s-web', { web: published }).networks ?? {}), ['s-web--out'])
})

test('a component that reaches nobody is on a network alone, not on one with others like it', () => {
  const components = { one: { outside: false }, two: { outside: false } }
  assert.deepEqual(members(components), { 's-one--alone': ['s-one'], 's-two--alone': ['s-two'] })
  assert.ok(Object.values(stackOf(components).networks).every(({ internal }) => internal))
})

test('services have no virtual address: DNS has those of their instances', () => {
  const { services } = stackOf({
    web: { ...needs('db'), domains: { 'a.b': 8 }, ports: [8] },
    db: { ports: [1], scaling_policy: { max: 3 } },
    agent: { placement: 'global' },
    report: { schedule: 'manual' },
  })
  assert.equal(Object.keys(services).length, 6)
  for (const { deploy } of Object.values(services)) assert.equal(deploy.endpoint_mode, 'dnsrr')
})
