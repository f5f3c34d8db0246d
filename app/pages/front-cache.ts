import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'

// Seconds: how old a page can be for a visitor, after its content has changed.
const frontSeconds = 5

/**
 * Headers of an answer that is the same for everybody: nginx keeps it for some seconds, see nginx/conf/pages.conf.
 * There are none where each save has to show at once.
 */
export const keptByFront = ({ liveReload }: { readonly liveReload: boolean }): Kept =>
  liveReload ? {} : { 'X-Accel-Expires': String(frontSeconds) }

export type Kept = Readonly<Record<string, string>>

/** What caches other than nginx may do with what nginx keeps for so short a time. */
export const briefly = `public, max-age=0, s-maxage=${frontSeconds}`

/** Whether nginx will give the answer to everybody. Such a request carries nothing of a visitor. */
export const isForEverybody = ({ headers }: IncomingMessage): boolean => headers['x-shared-cache'] === '1'

/**
 * Bytes from which on nginx keeps no answer, see nginx/conf/page-cache.conf. Each has to be refused: one that is only not
 * kept would leave an older and smaller copy in its place for ever.
 */
export const tooLarge = 1_000_000

/** Tells nginx to ask again past its cache, which ends the copy it has. */
export function refuseToShare(res: ServerResponse, kept: Kept): void {
  res.pageCache = 'bypass'
  res.writeHead(421, { 'Cache-Control': 'no-store', 'Content-Length': 0, ...kept }).end()
}

/** Refuses what is for one visitor to a cache for all; nginx then asks again on the visitor's behalf. */
export const notForEverybody =
  (kept: Kept): RequestHandler =>
  (req, res, next) => {
    if (!isForEverybody(req)) return next()
    refuseToShare(res, kept)
  }

/** Marks what the handler sends as the same for everybody. */
export const forEverybody =
  (kept: Kept, handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    res.set(kept)
    return handler(req, res, (error?: unknown) => {
      for (const name of Object.keys(kept)) res.removeHeader(name)
      next(error)
    })
  }
