import { setTimeout as wait } from 'node:timers/promises'
import { docker } from '../../test/lab/docker.ts'
import type { Benchmark, Effort, Row } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { median } from '../median.ts'
import { steadyLoad, type Visits } from '../steady-load.ts'
import { buildReleases, releases, removeReleases } from './releases.ts'
import { dockerVersion, onSwarm } from './swarm.ts'
import { type Entrance, settings, startBalancer, startProxy, startRedis, untilServing } from './webapp.ts'

const visitsPerSecond = 100
const instances = 3
// An old instance may still be at work when the update is over.
const afterwards = 4000
const mostUpdates = 3

interface Way {
  readonly key: string
  readonly name: string
  readonly instances: number
  readonly options: readonly string[]
  /** Seconds that an instance keeps serving after it was told to stop. */
  readonly drain: number
  startEntrance(network: string): Promise<Entrance>
}

const stopFirst = ['--update-order', 'stop-first', '--no-healthcheck']
const startFirst = ['--update-order', 'start-first']

const ways: readonly Way[] = [
  {
    key: 'one',
    name: '1 instance, old one stopped first; nginx',
    instances: 1,
    options: stopFirst,
    drain: 0,
    startEntrance: startProxy('proxy.conf'),
  },
  {
    key: 'asksOnce',
    name: `${instances} instances, old ones stopped first; nginx that asks DNS once`,
    instances,
    options: stopFirst,
    drain: 0,
    startEntrance: startProxy('proxy-asks-once.conf'),
  },
  {
    key: 'stopFirst',
    name: `${instances} instances, old ones stopped first; nginx`,
    instances,
    options: stopFirst,
    drain: 0,
    startEntrance: startProxy('proxy.conf'),
  },
  {
    key: 'startFirst',
    name: `${instances} instances, new ones healthy first, old ones drained; nginx`,
    instances,
    options: startFirst,
    drain: 3,
    startEntrance: startProxy('proxy.conf'),
  },
  {
    key: 'balanced',
    name: `${instances} instances, new ones healthy first, old ones drained; HAProxy`,
    instances,
    options: startFirst,
    drain: 3,
    startEntrance: startBalancer,
  },
]

/** What visitors notice of a new release. */
export const rollingUpdate: Benchmark = {
  title: `A new release under ${visitsPerSecond} visits a second: seconds that an update took`,
  how: (effort) => `${describeMachine()}; a Swarm of one node, ${updatesOf(effort)} updates each.`,
  versions: dockerVersion,
  run: (effort) =>
    onSwarm(async (network) => {
      const redis = await startRedis(network)
      try {
        await buildReleases()
        const rows: Row[] = []
        for (const way of ways) rows.push(await rowOf(way, network, updatesOf(effort)))
        return rows
      } finally {
        await redis.remove()
        await removeReleases()
      }
    }),
}

const updatesOf = ({ rounds }: Effort): number => Math.min(rounds, mostUpdates)

interface Update {
  readonly seconds: number
  readonly seen: Visits
}

async function rowOf(way: Way, network: string, count: number): Promise<Row> {
  await startService(way, network)
  try {
    const updates: Update[] = []
    for (let number = 1; number <= count; number++) {
      updates.push(await updateUnderLoad(way, network, number % 2 === 1 ? releases.second : releases.first))
    }
    return { key: way.key, name: way.name, ...sumOf(updates) }
  } finally {
    await docker('service', 'rm', 'webapp')
  }
}

async function updateUnderLoad(way: Way, network: string, image: string): Promise<Update> {
  const entrance = await way.startEntrance(network)
  try {
    await untilServing(entrance)
    const visitors = steadyLoad(entrance.urls, visitsPerSecond)
    const begun = performance.now()
    await docker('service', 'update', '--quiet', '--no-resolve-image', '--image', image, 'webapp')
    const seconds = (performance.now() - begun) / 1000
    await wait(afterwards)
    const seen = await visitors.stop()
    const state = await docker('service', 'inspect', '--format', '{{.UpdateStatus.State}}', 'webapp')
    if (state !== 'completed') throw new Error(`the update ended as ${state}, not as completed`)
    return { seconds, seen }
  } finally {
    await entrance.stop()
  }
}

function sumOf(updates: readonly Update[]): Omit<Row, 'key' | 'name'> {
  const seen = updates.map((update) => update.seen)
  const most = (of: (visits: Visits) => number): number => Math.max(...seen.map(of))
  const total = (of: (visits: Visits) => number): number => seen.map(of).reduce((sum, count) => sum + count)
  return {
    value: median(updates.map(({ seconds }) => seconds)),
    unit: 's',
    p50: median(seen.map(({ p50 }) => p50)),
    p99: median(seen.map(({ p99 }) => p99)),
    facts: {
      slowestMs: Math.round(most(({ slowest }) => slowest)),
      visits: total(({ visits }) => visits),
      failed: total(({ failed }) => failed),
      updatesNoticed: `${seen.filter(({ failed }) => failed > 0).length} of ${seen.length}`,
      longestFailingSeconds: Number(most(({ failingSeconds }) => failingSeconds).toFixed(1)),
    },
  }
}

async function startService({ instances, options, drain }: Way, network: string): Promise<void> {
  const place = ['--network', network, '--endpoint-mode', 'dnsrr', '--no-resolve-image', '--read-only']
  const updates = ['--update-parallelism', '1', '--update-monitor', '2s', '--stop-grace-period', '15s']
  const env = Object.entries({ ...settings, DRAIN_SECONDS: String(drain) })
  await docker(
    ...['service', 'create', '--quiet', '--name', 'webapp', '--replicas', String(instances)],
    ...[
      ...place,
      ...updates,
      ...options,
      ...env.flatMap((setting) => ['--env', setting.join('=')]),
      releases.first,
    ],
  )
}
