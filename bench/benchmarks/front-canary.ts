import type { Benchmark, Row } from '../benchmark.ts'
import { pagePath, pagesFolder } from '../content.ts'
import { needDocker } from '../drills/need-docker.ts'
import { startApps } from '../front/apps.ts'
import { startBalancer } from '../front/balancer.ts'
import { hitPercent } from '../front/cache-states.ts'
import { startCanarySites } from '../front/canary-sites.ts'
import { checkKnown, knownVisitors, newVisitors, person } from '../front/canary-visitors.ts'
import { type Front, type Hits, hitsInTurns } from '../front/hits.ts'
import { inPlace, type Part } from '../front/place.ts'
import { processesIn } from '../front/processor.ts'
import { frontVersions } from '../front/versions.ts'
import { median, medianRatio } from '../median.ts'
import { medians } from '../rounds.ts'
import type { Script } from '../wrk.ts'

const leastWithout = 0.98
const leastDuring = 0.9

/** What a canary costs a hit in the front's page cache. */
export const frontCanary: Benchmark = {
  title: "A page from the front's cache over TLS while there is a canary, 64 connections",
  versions: frontVersions,
  async run(effort) {
    await needDocker()
    return inPlace(async (place) => {
      await startApps(place, { content: pagesFolder() })
      await startBalancer(place)
      const { without, closed, open } = await startCanarySites(place)
      const fronts = [
        await frontOf('without', 'a front that knows no canaries', without, newVisitors()),
        await frontOf('closed', 'no canary', closed, newVisitors()),
        await frontOf('open', 'a canary, visitors who are known', open, knownVisitors()),
        await frontOf('first', 'a canary, first visits', open, newVisitors()),
      ] as const
      await checkKnown(fronts[2].url)
      return rowsOf(fronts, await hitsInTurns(fronts, effort), await hitPercent(fronts[2], effort.seconds))
    })
  },
}

const frontOf = async (key: string, name: string, part: Part, script: Script): Promise<Front> => ({
  ...{ key, name, headers: person, script },
  url: `https://${part.address}:8443${pagePath}`,
  processes: await processesIn(part.id),
})

/** Each is compared with the one that it should cost no more than. */
function rowsOf(
  fronts: readonly [Front, Front, Front, Front],
  hits: readonly Hits[][],
  percent: number,
): Row[] {
  const row = (at: number, reference: number, more: Partial<Row> = {}): Row => {
    const [own = [], other = []] = [hits[at], hits[reference]]
    const front = fronts[at] as Front
    const facts = {
      processorMicroseconds: rounded(median(own.map(cost))),
      processorRatio: rounded(medianRatio(own.map(cost), other.map(cost))),
      ...more.facts,
    }
    const ratio = medianRatio(own.map(rate), other.map(rate))
    return { ...medians(front, own), ratio, reference: fronts[reference]?.name ?? '', ...more, facts }
  }
  return [
    row(0, 0),
    row(1, 0, { goal: { of: 'ratio', least: leastWithout } }),
    row(2, 1, { goal: { of: 'ratio', least: leastDuring }, facts: { hitPercent: percent } }),
    row(3, 1),
  ]
}

const rate = ({ requestsPerSecond }: Hits): number => requestsPerSecond
const cost = ({ microseconds }: Hits): number => microseconds
const rounded = (number: number): number => Number(number.toFixed(3))
