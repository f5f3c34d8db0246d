import type { Benchmark } from '../benchmark.ts'
import { manyPagesFolder, manyPrefix } from '../content.ts'
import { needDocker } from '../drills/need-docker.ts'
import { pagesScript } from '../front/cache-states.ts'
import { compareFront } from '../front/compare.ts'
import { contender } from '../front/contender.ts'
import { inPlace } from '../front/place.ts'
import { startSite } from '../front/site.ts'
import { startStaticSite, staticPorts } from '../front/static-site.ts'
import { frontVersions } from '../front/versions.ts'
import { warmAnswers } from '../front/warm.ts'

const pages = 4000
const leastRatio = 0.9

/** Hits in the front's page cache on many pages, each of which is asked of the app again every five seconds. */
export const frontRandom: Benchmark = {
  title: `${pages.toLocaleString('en')} pages at random from the front's cache, compressed, with access log, 64 connections`,
  versions: frontVersions,
  async run(effort) {
    await needDocker()
    return inPlace(async (place) => {
      const front = await startSite(place, manyPagesFolder(pages))
      const paths = Array.from({ length: pages }, (_, at) => `${manyPrefix}${at + 1}`)
      const { address } = await startStaticSite(place, await warmAnswers(front, paths))
      const file = (port: keyof typeof staticPorts) => `http://${address}:${staticPorts[port]}/`
      const atRandom = { file: pagesScript, args: [manyPrefix, String(pages)] }
      return compareFront(
        [
          contender('file', 'static files', file('plain'), atRandom),
          contender('front', "the front's cache", `${front}/`, atRandom),
          contender('headers', 'static files, all headers of the front', file('withHeaders'), atRandom),
        ],
        effort,
        leastRatio,
      )
    })
  },
}
