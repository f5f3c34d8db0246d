import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { run } from '../../test/lab/command.ts'
import { docker } from '../../test/lab/docker.ts'
import { type ProductionStack, productionUp } from '../../test/production/stack.ts'
import type { Load } from '../../test/rollout/load.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { needDocker } from '../drills/need-docker.ts'
import { describeMachine } from '../machine.ts'
import { median, medianRatio } from '../median.ts'

const perSecond = 500
const restSeconds = 30
const mostRollouts = 3
const mostRatio = 3
// Seconds a new instance may take: a machine that is busy with other things must not end the measurement.
const patience = 180
const longestRollout = 600_000
const program = join(import.meta.dirname, '../visitors-process.ts')
const command = join(import.meta.dirname, '../../kit/rollout.ts')

/** What visitors notice of an update of the production stack. */
export const rolloutLatency: Benchmark = {
  title: `npm run rollout under ${perSecond} requests a second over TLS, a fifth of them passed to the app`,
  how: ({ rounds }) =>
    `${describeMachine()}; ${Math.min(rounds, mostRollouts)} rollouts, ${restSeconds} s at rest before each.`,
  versions: async () => ({ docker: await docker('version', '--format', '{{.Server.Version}}') }),
  async run({ rounds }) {
    await needDocker()
    const stack = await productionUp()
    try {
      const rests: Load[] = []
      const updates: Update[] = []
      await under(stack, () => wait(5000))
      for (let round = 1; round <= Math.min(rounds, mostRollouts); round++) {
        rests.push((await under(stack, () => wait(restSeconds * 1000))).load)
        updates.push(await under(stack, () => rollOut(stack, `bench-${round}`)))
      }
      return rowsOf(rests, updates)
    } finally {
      await stack.down()
    }
  },
}

interface Update {
  readonly load: Load
  readonly seconds: number
}

async function under(stack: ProductionStack, work: () => Promise<unknown>): Promise<Update> {
  const visitors = fork(program, [stack.url, String(perSecond)])
  const begun = performance.now()
  try {
    await work()
  } finally {
    visitors.send('stop')
  }
  const [load] = (await once(visitors, 'message')) as [Load]
  return { load, seconds: (performance.now() - begun) / 1000 }
}

async function rollOut({ folder, project }: ProductionStack, release: string): Promise<void> {
  const files = ['docker-compose.yml', 'docker-compose.prod.yml', 'subnets.json']
  const place = ['--project', project, ...files.flatMap((file) => ['--file', file])]
  const args = [command, '--release', release, '--patience', String(patience), ...place]
  await run(process.execPath, args, { cwd: folder, timeout: longestRollout })
}

function rowsOf(rests: readonly Load[], updates: readonly Update[]): Row[] {
  const during = updates.map(({ load }) => load)
  const p99 = (loads: readonly Load[]) => loads.map((load) => load.p99)
  const failed = (loads: readonly Load[]) => loads.reduce((sum, load) => sum + load.failed.length, 0)
  const requests = (loads: readonly Load[]) => loads.reduce((sum, load) => sum + load.requests, 0)
  const row = (key: string, name: string, loads: readonly Load[]) => ({
    key,
    name,
    unit: 'ms' as const,
    value: median(p99(loads)),
    p50: median(loads.map((load) => load.p50)),
    facts: { requests: requests(loads), failed: failed(loads) },
  })
  const update = row('update', '99 of 100 during an update', during)
  return [
    row('rest', '99 of 100 at rest', rests),
    {
      ...update,
      ratio: medianRatio(p99(during), p99(rests)),
      reference: 'at rest',
      facts: { ...update.facts, seconds: Math.round(median(updates.map(({ seconds }) => seconds))) },
      goal: { of: 'ratio', most: mostRatio },
    },
  ]
}
