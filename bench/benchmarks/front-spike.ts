import { docker } from '../../test/lab/docker.ts'
import { browserHeaders } from '../answer.ts'
import type { Benchmark, Row } from '../benchmark.ts'
import { manyPagesFolder, manyPrefix } from '../content.ts'
import { needDocker } from '../drills/need-docker.ts'
import { startApps } from '../front/apps.ts'
import { startBalancer } from '../front/balancer.ts'
import { pagesScript } from '../front/cache-states.ts'
import { startNginx } from '../front/nginx.ts'
import { inPlace, type Part } from '../front/place.ts'
import { type Asked, askedIn, mostWithin, rendersIn } from '../front/renders.ts'
import { frontVersions } from '../front/versions.ts'
import { untilAnswer } from '../front/warm.ts'
import { describeMachine } from '../machine.ts'
import { medians } from '../rounds.ts'
import { type Load, load } from '../wrk.ts'

const pages = 100
const instances = 3
const connections = 200
const secondsAfter = 15
const window = 5000
const mostP99 = 100

/** From nothing to as many requests as the load generator can make, when no cache has anything. */
export const frontSpike: Benchmark = {
  title: `A spike from 0 to ${connections} connections on ${pages} pages at random, all caches empty`,
  how: () =>
    `${describeMachine()}; ${instances} instances, one second, then ${secondsAfter} s more, one run.`,
  versions: frontVersions,
  async run() {
    await needDocker()
    return inPlace(async (place) => {
      const apps = await startApps(place, { content: manyPagesFolder(pages), instances, logged: true })
      await startBalancer(place)
      const url = `http://${(await startNginx(place)).address}:8080/`
      await untilAnswer(url)
      const first = await spike(url, 1)
      const after = await spike(url, secondsAfter)
      return rowsOf(first, after, await askedOf(apps))
    })
  },
}

const spike = (url: string, seconds: number): Promise<Load> =>
  load(url, {
    seconds,
    connections,
    headers: browserHeaders,
    script: { file: pagesScript, args: [manyPrefix, String(pages)] },
    countFailures: true,
  })

/** What each instance was asked for of the pages. */
async function askedOf(apps: readonly Part[]): Promise<Asked[][]> {
  const logs = await Promise.all(apps.map(({ id }) => docker('logs', id)))
  return logs.map((log) => askedIn(log).filter(({ path }) => path.startsWith(manyPrefix)))
}

function rowsOf(first: Load, after: Load, askedOfEach: readonly Asked[][]): Row[] {
  const asked = askedOfEach.flat()
  const rendered = askedOfEach.flatMap(rendersIn)
  return [
    medians({ key: 'first', name: 'the first second' }, [first]),
    medians({ key: 'after', name: 'after it' }, [after]),
    {
      key: 'renders',
      name: 'most renders of a page within 5 s',
      value: mostWithin(rendered, window),
      unit: 'renders',
      facts: {
        pages,
        rendersInAll: rendered.length,
        asksOfTheApp: asked.length,
        mostAsksOfAPageIn5s: mostWithin(asked, window),
      },
      goal: { of: 'value', most: 1 },
    },
    {
      key: 'failed',
      name: 'answers that were none',
      value: first.failed + after.failed,
      unit: 'errors',
      facts: { answered: first.answered + after.answered },
      goal: { of: 'value', most: 0 },
    },
    {
      key: 'p99',
      name: '99 of 100 answers after the first second within',
      value: after.p99,
      unit: 'ms',
      facts: { slowestMs: Math.round(after.slowest), slowestInTheFirstSecondMs: Math.round(first.slowest) },
      goal: { of: 'value', most: mostP99 },
    },
  ]
}
