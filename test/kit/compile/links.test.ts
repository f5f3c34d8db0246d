import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDefinition } from '../../../kit/definition/read.ts'
import { type define, faultsOf, serviceOf, warningsOf } from './compiling.ts'

const environment = (components: Parameters<typeof define>[0]) => serviceOf('s-web', components).environment

test('a dependent has the variables of Docker links, with the alias for an address', () => {
  const web = { dependencies: [{ name: 'redis-cache', port: 6379 }] }
  assert.deepEqual(environment({ web, 'redis-cache': { ports: [6379] } }), {
    REDIS_CACHE_NAME: '/web/redis-cache',
    REDIS_CACHE_PORT: 'tcp://redis-cache:6379',
    REDIS_CACHE_PORT_6379_TCP: 'tcp://redis-cache:6379',
    REDIS_CACHE_PORT_6379_TCP_ADDR: 'redis-cache',
    REDIS_CACHE_PORT_6379_TCP_PORT: '6379',
    REDIS_CACHE_PORT_6379_TCP_PROTO: 'tcp',
  })
})

test('they take their names from the alias, and name the lowest of several ports', () => {
  const dependencies = [
    { name: 'es', port: 9300, alias: 'search.1' },
    { name: 'es', port: '53/udp', alias: 'search.1' },
  ]
  const found = environment({ web: { dependencies }, es: { ports: [9300, '53/udp'] } })
  assert.equal(found?.SEARCH_1_PORT, 'udp://search.1:53')
  assert.equal(found?.SEARCH_1_PORT_9300_TCP_ADDR, 'search.1')
  assert.equal(found?.SEARCH_1_PORT_53_UDP_PROTO, 'udp')
})

const mysql = { ports: [3306], env: { MYSQL_DATABASE: 'blog' } }

test("a dependent has the other one's variables, too, unless its link says that it needs none", () => {
  const withThem = environment({ web: { dependencies: [{ name: 'mysql', port: 3306 }] }, mysql })
  assert.equal(withThem?.MYSQL_ENV_MYSQL_DATABASE, 'blog')
  const without = environment({ web: { dependencies: [{ name: 'mysql', port: 3306, env: false }] }, mysql })
  assert.deepEqual(
    Object.keys(without ?? {}).filter((name) => name.includes('ENV')),
    [],
  )
})

test('what the author writes counts more than what a link says', () => {
  const web = { dependencies: [{ name: 'mysql', port: 3306 }], env: { MYSQL_PORT: '3306' } }
  assert.equal(environment({ web, mysql })?.MYSQL_PORT, '3306')
})

test('a circle of links is refused while the definition is read', () => {
  const components = [
    { component_name: 'a', image: 'a', ports: [1], dependencies: [{ name: 'b', port: 1 }] },
    { component_name: 'b', image: 'b', ports: [1], dependencies: [{ name: 'a', port: 1 }] },
  ]
  const text = JSON.stringify({ app_name: 'x', services: [{ service_name: 's', components }] })
  const { faults } = readDefinition({ definition: { file: 's', text }, environment: 'a/b', loginName: 'ada' })
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ['cycle'],
  )
})

test('a link to another app has its variables, and a warning that no network leads there', () => {
  const components = { web: { dependencies: [{ app: 'billing', port: 80 }] } }
  assert.equal(environment(components)?.BILLING_PORT_80_TCP_ADDR, 'billing')
  assert.match(warningsOf(components)[0] ?? '', /no network leads to another app/)
})

test('a port that is another for the dependent can not be had over UDP', () => {
  const web = { dependencies: [{ name: 'dns', port: '5300/udp', target_port: '53/udp' }] }
  assert.match(faultsOf({ web, dns: { ports: ['53/udp'] } })[0] ?? '', /Ask for port 53$/)
})
