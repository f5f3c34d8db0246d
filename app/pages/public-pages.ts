import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodingFor } from '../cache/encodings.ts'
import type { PageCache } from '../cache/page-cache.ts'
import { canonicalPath } from '../content/canonical-path.ts'
import { canonicalUrl } from '../content/url.ts'
import type { Kept } from './front-cache.ts'
import type { PublicRoute } from './page-plan.ts'
import { pagePlans } from './page-plans.ts'
import { sendPage, servedBy } from './send-page.ts'
import type { Site } from './site.ts'

export interface PublicPages {
  /** Answers from this process's memory; false when the page is not there. The query plays no part. */
  answerAtOnce(req: IncomingMessage, res: ServerResponse): boolean
  /** Answers with a page or a redirect; false when the URL is not a public page. Rejects when rendering fails. */
  answer(req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** Whether there is such a page, public or private. */
  has(url: string): boolean
}

export interface PublicPagesParts {
  readonly routes: readonly PublicRoute[]
  readonly cache: PageCache
  readonly site: () => Site
  /** Named in Server-Timing. */
  readonly server: { readonly instance: string; readonly release: string }
  /** Headers by which nginx keeps what is the same for everybody; none unless given. */
  readonly kept?: Kept
  /** Paths of the application itself, which no page can take. */
  readonly ownPaths?: ReadonlySet<string>
}

/** The pages that are the same for everybody. They are answered before Express: its work is half of a hit's. */
export function publicPages({
  routes,
  cache,
  site,
  server,
  kept = {},
  ownPaths = new Set(),
}: PublicPagesParts): PublicPages {
  const sender = { name: servedBy(server), kept }
  const planOf = pagePlans(routes, site)

  return {
    answerAtOnce(req, res) {
      const variant = cache.peek(pathOf(req), encodingFor(req))
      if (variant) sendPage(req, res, variant, 'memory', sender)
      return variant !== undefined
    },
    has: (url) => planOf(url) !== undefined,
    async answer(req, res) {
      const path = pathOf(req)
      const url = canonicalPath(path)
      if (url === undefined) return false
      // An address that a page had before counts as it was written, with its ending.
      const moved = url === path ? undefined : site().content.redirect(canonicalUrl(path) ?? path)
      if (moved !== undefined) return redirect(req, res, 301, moved, kept)
      if (ownPaths.has(url)) return url !== path && redirect(req, res, 308, url, kept)
      const plan = planOf(url)
      if (!plan) {
        const to = site().content.redirect(url)
        return to !== undefined && redirect(req, res, 301, to, kept)
      }
      if (url !== path) return redirect(req, res, 308, url, kept)
      if (plan.cache === 'private') return false
      const { cache: seconds, contentType } = plan
      const source = { cacheControl: cacheControl(seconds), contentType, render: () => plan.render() }
      const { variant, from } = await cache.get(url, encodingFor(req), source)
      sendPage(req, res, variant, from, sender)
      return true
    },
  }
}

/** Browsers ask each time, which costs a 304; caches on the way keep the page for the given seconds. */
const cacheControl = (seconds: number): string => `public, max-age=0, s-maxage=${seconds}`

/** The path that is asked for, as it was sent. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

const queryOf = ({ url = '/' }: IncomingMessage): string => {
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start)
}

function redirect(
  req: IncomingMessage,
  res: ServerResponse,
  status: 301 | 308,
  to: string,
  kept: Kept,
): true {
  res.pageCache = 'bypass'
  const headers = {
    Location: to + queryOf(req),
    'Cache-Control': 'public, max-age=0, s-maxage=60',
    'Content-Length': 0,
    'X-Page-Cache': 'bypass',
    ...(isTidy(pathOf(req)) && kept),
  }
  res.writeHead(status, headers).end()
  return true
}

/** Other ways of writing an address, with more slashes and needless escapes, have no end: they could fill a cache. */
function isTidy(path: string): boolean {
  const tidy = canonicalUrl(path)
  return path === tidy || path === `${tidy}/`
}
