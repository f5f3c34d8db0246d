import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import type { Inspected } from './policy.ts'
import { serviceOf } from './policy.ts'
import { type Address, openPorts, reached } from './reach.ts'
import { sharedProduction } from './shared.ts'
import type { ProductionStack } from './stack.ts'

interface OnNetworks extends Inspected {
  readonly Id: string
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> }
}

interface Published {
  readonly target: number
  readonly host_ip?: string
}

interface Part {
  readonly id: string
  readonly service: string
  readonly addresses: readonly Address[]
}

/** Whom each part can connect to. Whoever shares a network can: that of a store is also between those who use it. */
const table: Readonly<Record<string, readonly string[]>> = {
  nginx: ['balancer', 'prometheus'],
  requestcounter: [],
  certificates: [],
  balancer: ['nginx', 'prometheus', 'webapp'],
  webapp: [
    ...['balancer', 'prometheus', 'rediscache', 'redisqueue', 'redissessions'],
    ...['standins', 'webapp', 'worker'],
  ],
  worker: ['prometheus', 'redisqueue', 'standins', 'webapp'],
  rediscache: ['webapp'],
  redissessions: ['webapp'],
  redisqueue: ['webapp', 'worker'],
  prometheus: ['balancer', 'nginx', 'standins', 'webapp', 'worker'],
  standins: ['prometheus', 'webapp', 'worker'],
}

let stack: ProductionStack
let parts: readonly Part[]
before(async () => {
  stack = await sharedProduction()
  const ids = (await stack.compose('ps', '--quiet')).split('\n')
  const containers: OnNetworks[] = JSON.parse(await docker('inspect', ...ids))
  parts = await Promise.all(containers.map(partOf))
})
after(() => stack?.down())

async function partOf(container: OnNetworks): Promise<Part> {
  const ports = await openPorts(container.Id)
  const hosts = Object.values(container.NetworkSettings.Networks).map(({ IPAddress }) => IPAddress)
  const addresses = hosts.filter(Boolean).flatMap((host) => ports.map((port) => ({ host, port })))
  return { id: container.Id, service: serviceOf(container), addresses }
}

const services = () => [...new Set(parts.map(({ service }) => service))].sort()

test('every part is in the table, and those that listen do', () => {
  assert.deepEqual(services(), Object.keys(table).sort())
  const silent = parts.filter(({ addresses }) => addresses.length === 0).map(({ service }) => service)
  assert.deepEqual(silent.sort(), ['certificates', 'requestcounter'])
})

test('from each part, the parts of the table can be reached, and no other', async () => {
  for (const { id, service } of parts) {
    const others = parts.filter((part) => part.id !== id)
    const all = await reached(
      id,
      others.flatMap(({ addresses }) => addresses),
    )
    const hit = (part: Part) =>
      part.addresses.some((address) => all.some(({ host, port }) => same(address, host, port)))
    const found = [...new Set(others.filter(hit).map((part) => part.service))]
    assert.deepEqual(found.sort(), table[service], `from ${service}`)
  }
})

const same = (address: Address, host: string, port: number): boolean =>
  address.host === host && address.port === port

test('from outside only nginx can be reached; Prometheus from this machine, and the stand-ins where they run', async () => {
  const { services: all } = JSON.parse(await stack.compose('config', '--format', 'json'))
  const published = Object.entries<{ ports?: readonly Published[] }>(all).flatMap(
    ([service, { ports = [] }]) =>
      ports.map(({ target, host_ip = 'anywhere' }) => `${service}:${target} from ${host_ip}`),
  )
  assert.deepEqual(published.sort(), [
    'nginx:8080 from 0.0.0.0',
    'nginx:8443 from 0.0.0.0',
    'prometheus:9090 from 127.0.0.1',
    'standins:8001 from 127.0.0.1',
  ])
})

test('only what calls outside systems has a way out, and a store has none', async () => {
  const { networks, services: all } = JSON.parse(await stack.compose('config', '--format', 'json'))
  const out = Object.keys(networks).filter((name) => !networks[name].internal)
  assert.deepEqual(out.sort(), ['edge', 'outside'])
  for (const name of out)
    assert.equal(networks[name].driver_opts['com.docker.network.bridge.enable_icc'], 'false', name)
  const on = (name: string) => Object.keys(all).filter((service) => name in (all[service].networks ?? {}))
  assert.deepEqual(on('outside').sort(), ['certificates', 'webapp', 'worker'])
  assert.deepEqual(on('edge').sort(), ['nginx', 'prometheus', 'standins'])
})
