import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageCacheResult } from '../cache/page-cache.ts'
import type { Variant } from '../cache/variant.ts'
import { isForEverybody, type Kept, refuseToShare, tooLarge } from './front-cache.ts'

type Headers = readonly string[]

/** What a process says on each of its pages. */
export interface Server {
  /** Of `servedBy`. */
  readonly name: string
  /** How long nginx may keep the page. */
  readonly kept: Kept
}

interface Written {
  readonly headers: Headers
  readonly body: string | Buffer
}

// Node writes a head and a short text together, a head and a Buffer as two pieces, which costs a twentieth of a hit.
const longestText = 6000

// An answer from memory is always the same, so it is written out once a variant.
const writtenOut = new WeakMap<Variant, Written>()

function writtenFor(variant: Variant, from: PageCacheResult, server: Server): Written {
  if (from !== 'memory') return { headers: writeOut(variant, from, server), body: variant.body }
  const known = writtenOut.get(variant)
  if (known) return known
  const { body } = variant
  const text = body.length <= longestText ? body.toString('latin1') : body
  const written = { headers: writeOut(variant, from, server), body: text }
  writtenOut.set(variant, written)
  return written
}

const writeOut = (variant: Variant, from: PageCacheResult, server: Server): Headers => [
  ...['Content-Type', variant.contentType, 'Content-Length', String(variant.body.length)],
  ...(variant.encoding === 'identity' ? [] : ['Content-Encoding', variant.encoding]),
  ...validators(variant, from, server),
]

/**
 * The part of Server-Timing that names this process, for a page to show who served it.
 * Its form is that of the W3C's Server Timing: `name;desc="text"`, separated by commas.
 */
export const servedBy = ({ instance, release }: { instance: string; release: string }): string =>
  Object.entries({ instance, release })
    .map(([name, text]) => `${name};desc="${text.replace(/[^ !#-[\]-~]/g, '?')}"`)
    .join(', ')

const validators = ({ etag, cacheControl }: Variant, from: PageCacheResult, server: Server): Headers => [
  ...['ETag', etag, 'Cache-Control', cacheControl, 'Vary', 'Accept-Encoding', 'X-Page-Cache', from],
  ...['Server-Timing', `cache;desc=${from}, ${server.name}`],
  ...Object.entries(server.kept).flat(),
]

/** Answers GET or HEAD with a finished page, or 304 when the visitor has these bytes. */
export function sendPage(
  req: IncomingMessage,
  res: ServerResponse,
  variant: Variant,
  from: PageCacheResult,
  server: Server,
): void {
  if (variant.body.length >= tooLarge && isForEverybody(req)) {
    refuseToShare(res, server.kept)
    return
  }
  res.pageCache = from
  const condition = req.headers['if-none-match']
  if (condition !== undefined && matches(condition, variant.etag)) {
    res.writeHead(304, validators(variant, from, server) as string[]).end()
    return
  }
  const { headers, body } = writtenFor(variant, from, server)
  res.writeHead(200, headers as string[])
  if (req.method === 'HEAD') res.end()
  else res.end(body, 'latin1')
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): caches on the way may have marked ours as weak. */
const matches = (condition: string, etag: string): boolean =>
  condition === '*' || condition.split(',').some((given) => given.trim().replace(/^W\//, '') === etag)
