import type { Benchmark } from '../benchmark.ts'
import { pagePath, pagesFolder } from '../content.ts'
import { needDocker } from '../drills/need-docker.ts'
import { compareFront } from '../front/compare.ts'
import { contender } from '../front/contender.ts'
import { inPlace } from '../front/place.ts'
import { startSite } from '../front/site.ts'
import { startStaticSite, staticPorts } from '../front/static-site.ts'
import { frontVersions } from '../front/versions.ts'
import { warmAnswers } from '../front/warm.ts'

const leastRatio = 0.9

/** The same as front-hit over TLS, with production's own configuration. */
export const frontHitTls: Benchmark = {
  title: "A page from the front's cache over TLS, compressed, with access log, 64 connections",
  versions: frontVersions,
  async run(effort) {
    await needDocker()
    return inPlace(async (place) => {
      const front = await startSite(place, pagesFolder(), 'production.conf')
      const { address } = await startStaticSite(place, await warmAnswers(front, [pagePath]))
      const file = (port: keyof typeof staticPorts) => `https://${address}:${staticPorts[port]}${pagePath}`
      return compareFront(
        [
          contender('file', 'static file', file('tls')),
          contender('front', "the front's cache", front + pagePath),
          contender('headers', 'static file, all headers of the front', file('tlsWithHeaders')),
        ],
        effort,
        leastRatio,
      )
    })
  },
}
