import { prepareSite, type Site, siteOn } from '../../test/cluster/site.ts'
import { pushSmall, type SmallApp, smallApp } from '../../test/cluster/small-app.ts'
import type { Ended } from '../../test/cluster/swarm.ts'
import { clusterUp } from '../../test/lab/cluster/cluster.ts'
import { pushRelease } from '../../test/lab/cluster/images.ts'
import { layoutOf, TESTED } from '../../test/lab/cluster/layout.ts'
import { clusterDown } from '../../test/lab/cluster/remove.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { needDocker } from '../drills/need-docker.ts'
import { describeMachine } from '../machine.ts'
import { median } from '../median.ts'

const COMPONENTS = 30
const mostUpdates = 3

/** What an operator waits for on a Swarm of three nodes; the cluster's answers count. */
export const swarmVerbs: Benchmark = {
  title: 'swarm up, update and status on three nodes that share one machine',
  how: ({ rounds }) =>
    `${describeMachine()}, on which all three engines run; ${rounds} rounds, of updates ${Math.min(rounds, mostUpdates)} and as many back.`,
  async run({ rounds }) {
    await needDocker()
    const cluster = await clusterUp()
    const site = siteOn(cluster)
    const many = await manyUp(cluster)
    try {
      await prepareSite(cluster, site)
      await pushRelease('second', { webapp: ['ENV RELEASE=second'] })
      await ended(site.swarm(['up', '--yes']))
      return [
        row('up', 'up, nothing changed', await each(rounds, () => site.swarm(['up', '--yes'])), 3),
        row('update', 'update of 3 webapps', await updates(site, Math.min(rounds, mostUpdates)), 30),
        row(
          'status',
          `status of ${COMPONENTS} components`,
          await each(rounds, () => many.swarm(['status'])),
          1,
        ),
      ]
    } finally {
      await clusterDown(layoutOf(TESTED))
    }
  },
}

/** An app of many components, which do nothing. */
async function manyUp(cluster: Parameters<typeof smallApp>[0]): Promise<SmallApp> {
  await pushSmall(['1'])
  const components = Array.from({ length: COMPONENTS }, (_, index) => ({
    component_name: `sleeping${index}`,
    image: '$registry/small:$tag',
    outside: false,
  }))
  const app = smallApp(cluster, 'many', components)
  await ended(app.swarm(['up', '--yes']))
  return app
}

/** There and back, as the registry holds two releases. */
async function updates(site: Site, rounds: number): Promise<number[]> {
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const tag of ['second', 'current'])
      seconds.push(await ended(site.swarm(['update', `webapp=${tag}`])))
  return seconds
}

async function each(rounds: number, run: () => Promise<Ended>): Promise<number[]> {
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) seconds.push(await ended(run()))
  return seconds
}

/** Seconds it took; it has to end well. */
async function ended(run: Promise<Ended>): Promise<number> {
  const { exit, output, seconds } = await run
  if (exit !== 0) throw new Error(`swarm ended with ${exit}:\n${output}`)
  return seconds
}

const row = (key: string, name: string, seconds: readonly number[], most: number): Row => ({
  key,
  name,
  unit: 's',
  value: median(seconds),
  facts: { slowestSeconds: Number(Math.max(...seconds).toFixed(2)) },
  goal: { of: 'value', most },
})
