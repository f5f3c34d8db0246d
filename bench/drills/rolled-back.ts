import { docker } from '../../test/lab/docker.ts'
import { until } from '../../test/until.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { describeMachine } from '../machine.ts'
import { steadyLoad } from '../steady-load.ts'
import { buildReleases, releases, removeReleases } from './releases.ts'
import { dockerVersion, onSwarm } from './swarm.ts'
import { type Told, tell } from './tell.ts'
import { type Entrance, settings, startBalancer, startRedis, untilServing } from './webapp.ts'

const visitsPerSecond = 50
const instances = 3
const stack = 'dogfood-drill'
const service = `${stack}_webapp`
const settled = /^(?:completed|paused|rollback_completed|rollback_paused)$/

interface Attempt {
  readonly key: string
  readonly name: string
  readonly image: string
  command(network: string, image: string): Promise<Told>
}

const attempts: readonly Attempt[] = [
  {
    key: 'serviceUpdate',
    name: 'docker service update; never healthy',
    image: releases.unhealthy,
    command: (_network, image) =>
      tell('docker', ['service', 'update', '--no-resolve-image', '--image', image, service]),
  },
  {
    key: 'stackDeploy',
    name: 'docker stack deploy; never healthy',
    image: releases.unhealthy,
    command: deploy(),
  },
  {
    key: 'stackDeployWaiting',
    name: 'docker stack deploy --detach=false; never healthy',
    image: releases.unhealthy,
    command: deploy('--detach=false'),
  },
  {
    key: 'stackDeployRefusing',
    name: 'docker stack deploy --detach=false; refuses to start',
    image: releases.refusing,
    command: deploy('--detach=false'),
  },
]

/** What Docker says of a release that it took back. */
export const rolledBack: Benchmark = {
  title: 'A release that is rolled back: seconds until the command ended, and what it said',
  how: () =>
    `${describeMachine()}; a Swarm of one node, ${instances} instances, ${visitsPerSecond} visits a second through HAProxy.`,
  versions: dockerVersion,
  run: () =>
    onSwarm(async (network) => {
      const redis = await startRedis(network)
      const balancer = await startBalancer(network)
      try {
        await buildReleases()
        await deploy('--detach=false')(network, releases.first)
        await untilServing(balancer)
        const rows: Row[] = []
        for (const attempt of attempts) rows.push(await rowOf(attempt, network, balancer))
        return rows
      } finally {
        await balancer.stop()
        await redis.remove()
        await removeReleases()
      }
    }),
}

async function rowOf(
  { key, name, image, command }: Attempt,
  network: string,
  { urls }: Entrance,
): Promise<Row> {
  const before = await update()
  const begun = performance.now()
  const visitors = steadyLoad(urls, visitsPerSecond)
  const told = await command(network, image)
  await until(async () => isAfter(await update(), before), 'the update to end', 90)
  const { state } = await update()
  const seen = await visitors.stop()
  return {
    key,
    name,
    value: told.seconds,
    unit: 's',
    facts: {
      exit: told.exit,
      lines: told.lines.length,
      linesOnRollback: told.lines.filter((line) => /roll(?:ed|ing)? ?back/i.test(line)).length,
      lastLine: told.lines.at(-1) ?? '',
      endedAs: state,
      endedAfterSeconds: Math.round((performance.now() - begun) / 1000),
      taskEndedAs: await endOfTask(image),
      visits: seen.visits,
      failed: seen.failed,
      slowestMs: Math.round(seen.slowest),
    },
  }
}

interface Update {
  readonly state: string
  readonly startedAt: string
}

async function update(): Promise<Update> {
  const format = '{{with .UpdateStatus}}{{.State}} {{.StartedAt.UnixNano}}{{end}}'
  const [state = '', startedAt = ''] = (
    await docker('service', 'inspect', '--format', format, service)
  ).split(' ')
  return { state, startedAt }
}

const isAfter = ({ state, startedAt }: Update, before: Update): boolean =>
  settled.test(state) && startedAt !== before.startedAt

/** What an operator who looks for the reason by hand finds of the instance that failed. */
async function endOfTask(image: string): Promise<string> {
  const format = '{{.Image}} {{.CurrentState}}, {{or .Error "no error"}}'
  const tasks = (await docker('service', 'ps', '--no-trunc', '--format', format, service)).split('\n')
  const ended = tasks.find((task) => /^\S+ (?:Failed|Complete|Rejected)/.test(task) && task.startsWith(image))
  return ended?.slice(image.length + 1).replace(/ (?:about|less|\d).* ago/, '') ?? ''
}

function deploy(...options: readonly string[]): Attempt['command'] {
  const args = ['stack', 'deploy', '--resolve-image', 'never', ...options, '--compose-file', '-', stack]
  return (network, image) => tell('docker', args, stackOf(network, image))
}

/** A stack file as one would write it: start the new one first, go back when it fails. */
function stackOf(network: string, image: string): string {
  const updates = { parallelism: 1, order: 'start-first', monitor: '2s' }
  const webapp = {
    image,
    environment: settings,
    read_only: true,
    networks: ['visitors'],
    stop_grace_period: '15s',
    // Shorter than the image's own, to come to the point.
    healthcheck: { interval: '1s', timeout: '1s', retries: 3, start_period: '5s' },
    deploy: {
      replicas: instances,
      endpoint_mode: 'dnsrr',
      update_config: { ...updates, failure_action: 'rollback' },
      rollback_config: updates,
    },
  }
  const networks = { visitors: { external: true, name: network } }
  return JSON.stringify({ version: '3.8', services: { webapp }, networks })
}
