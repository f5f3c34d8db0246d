import { setTimeout as wait } from 'node:timers/promises'
import { docker } from '../../test/lab/docker.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { steadyLoad } from '../steady-load.ts'
import { buildReleases, releases, removeReleases } from './releases.ts'
import { onSwarm } from './swarm.ts'
import {
  type Entrance,
  settings,
  startBalancer,
  startPlainProxy,
  startRedis,
  untilServing,
} from './webapp.ts'

const visitsPerSecond = 100
const instances = 3
// An old instance may still be at work when the update is over.
const afterwards = 5000

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
    name: '1 instance, stop first, no health check, no drain, nginx',
    instances: 1,
    options: stopFirst,
    drain: 0,
    startEntrance: startPlainProxy,
  },
  {
    key: 'stopFirst',
    name: `${instances} instances, stop first, no health check, no drain, nginx`,
    instances,
    options: stopFirst,
    drain: 0,
    startEntrance: startPlainProxy,
  },
  {
    key: 'startFirst',
    name: `${instances} instances, start first, health check, drain, nginx`,
    instances,
    options: startFirst,
    drain: 3,
    startEntrance: startPlainProxy,
  },
  {
    key: 'balanced',
    name: `${instances} instances, start first, health check, drain, HAProxy`,
    instances,
    options: startFirst,
    drain: 3,
    startEntrance: startBalancer,
  },
]

/** What visitors notice of a new release. */
export const rollingUpdate: Benchmark = {
  title: `A new release under ${visitsPerSecond} visits a second: seconds that the update took`,
  how: () => `${describeMachine()}; a Swarm of one node, one update each.`,
  run: () =>
    onSwarm(async (network) => {
      const redis = await startRedis(network)
      try {
        await buildReleases()
        const rows: Row[] = []
        for (const way of ways) rows.push(await updateUnderLoad(way, network))
        return rows
      } finally {
        await redis.remove()
        await removeReleases()
      }
    }),
}

async function updateUnderLoad(way: Way, network: string): Promise<Row> {
  const entrance = await way.startEntrance(network)
  try {
    await startService(way, network)
    await untilServing(entrance)
    const visitors = steadyLoad(entrance.urls, visitsPerSecond)
    const begun = performance.now()
    await docker('service', 'update', '--quiet', '--no-resolve-image', '--image', releases.second, 'webapp')
    const seconds = (performance.now() - begun) / 1000
    await wait(afterwards)
    const seen = await visitors.stop()
    const state = await docker('service', 'inspect', '--format', '{{.UpdateStatus.State}}', 'webapp')
    if (state !== 'completed') throw new Error(`the update ended as ${state}, not as completed`)
    return {
      key: way.key,
      name: way.name,
      value: seconds,
      unit: 's',
      p50: seen.p50,
      p99: seen.p99,
      facts: {
        slowestMs: Math.round(seen.slowest),
        visits: seen.visits,
        failed: seen.failed,
        failingSeconds: Number(seen.failingSeconds.toFixed(1)),
        statuses: Object.entries(seen.statuses)
          .map(([status, count]) => `${count} × ${status}`)
          .join(', '),
      },
    }
  } finally {
    await docker('service', 'rm', 'webapp')
    await entrance.stop()
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
