import type { Benchmark, Effort, Row } from '../benchmark.ts'
import { pagePath, pagesFolder } from '../content.ts'
import { needDocker } from '../drills/need-docker.ts'
import { startApps } from '../front/apps.ts'
import { startBalancer } from '../front/balancer.ts'
import { contender } from '../front/contender.ts'
import { startNginx } from '../front/nginx.ts'
import type { Replacement } from '../front/overlay.ts'
import { inPlace } from '../front/place.ts'
import { frontVersions } from '../front/versions.ts'
import { untilAnswer } from '../front/warm.ts'
import { median, medianRatio } from '../median.ts'
import { type Contender, inTurns, medians, rates } from '../rounds.ts'
import type { Load } from '../wrk.ts'

const leastOfApp = 0.55
const leastOfDirect = 0.78
const mostMilliseconds = 1

const withoutCache: readonly Replacement[] = [[/^proxy_cache pages;$/m, 'proxy_cache off;']]
const withoutBalancer: readonly Replacement[] = [[/server webapp:8000/, 'server instance:8000']]

/** What nginx and HAProxy cost a page that nginx does not have. */
export const frontMiss: Benchmark = {
  title: "A page that the front's cache does not have, compressed, with all access logs, 64 connections",
  versions: frontVersions,
  async run(effort) {
    await needDocker()
    return inPlace(async (place) => {
      const [app] = await startApps(place, { content: pagesFolder() })
      await startBalancer(place)
      const overlay = { 'kept.conf': withoutCache }
      const balanced = await startNginx(place, { overlay })
      const direct = await startNginx(place, { overlay: { ...overlay, 'webapp.conf': withoutBalancer } })
      return measure(
        [
          contender('app', 'the webapp alone', `http://${app?.address}:8000${pagePath}`),
          contender('direct', 'nginx → webapp', `http://${direct.address}:8080${pagePath}`),
          contender('balanced', 'nginx → HAProxy → webapp', `http://${balanced.address}:8080${pagePath}`),
        ],
        effort,
      )
    })
  },
}

async function measure(contenders: readonly Contender[], effort: Effort): Promise<Row[]> {
  for (const { url } of contenders) await untilAnswer(url)
  const loads = await inTurns(contenders, effort)
  const against = (number: number, reference: number): Row => ({
    ...medians(contenders[number] as Contender, loads[number]),
    ratio: medianRatio(rates(loads[number]), rates(loads[reference])),
    reference: contenders[reference]?.name,
  })
  return [
    against(0, 0),
    against(1, 0),
    { ...against(2, 0), goal: { of: 'ratio', least: leastOfApp } },
    {
      ...against(2, 1),
      key: 'balancer',
      name: 'with HAProxy against without',
      goal: { of: 'ratio', least: leastOfDirect },
    },
    {
      key: 'balancerMedian',
      name: 'HAProxy at the median',
      unit: 'ms',
      value: median(longer(loads[2], loads[1])),
      goal: { of: 'value', most: mostMilliseconds },
    },
  ]
}

/** Milliseconds that the median of each round took more. */
const longer = (loads: readonly Load[] = [], than: readonly Load[] = []): number[] =>
  loads.map(({ p50 }, round) => p50 - (than[round]?.p50 ?? NaN))
