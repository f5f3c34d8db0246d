import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageCacheResult } from '../cache/page-cache.ts'
import type { Variant } from '../cache/variant.ts'

type Headers = readonly string[]

interface Written {
  readonly headers: Headers
  readonly body: string | Buffer
}

// Node writes a head and a short text together, a head and a Buffer as two pieces, which costs a twentieth of a hit.
const longestText = 6000

// An answer from memory is always the same, so it is written out once a variant.
const writtenOut = new WeakMap<Variant, Written>()

function writtenFor(variant: Variant, from: PageCacheResult, servedBy: string): Written {
  if (from !== 'memory') return { headers: writeOut(variant, from, servedBy), body: variant.body }
  const known = writtenOut.get(variant)
  if (known) return known
  const { body } = variant
  const text = body.length <= longestText ? body.toString('latin1') : body
  const written = { headers: writeOut(variant, from, servedBy), body: text }
  writtenOut.set(variant, written)
  return written
}

const writeOut = (variant: Variant, from: PageCacheResult, servedBy: string): Headers => [
  ...['Content-Type', variant.contentType, 'Content-Length', String(variant.body.length)],
  ...(variant.encoding === 'identity' ? [] : ['Content-Encoding', variant.encoding]),
  ...validators(variant, from, servedBy),
]

/**
 * The part of Server-Timing that names this process, for a page to show who served it.
 * Its form is that of the W3C's Server Timing: `name;desc="text"`, separated by commas.
 */
export const servedBy = ({ instance, release }: { instance: string; release: string }): string =>
  Object.entries({ instance, release })
    .map(([name, text]) => `${name};desc="${text.replace(/[^ !#-[\]-~]/g, '?')}"`)
    .join(', ')

const validators = ({ etag, cacheControl }: Variant, from: PageCacheResult, servedBy: string): Headers => [
  ...['ETag', etag, 'Cache-Control', cacheControl, 'Vary', 'Accept-Encoding', 'X-Page-Cache', from],
  ...['Server-Timing', `cache;desc=${from}, ${servedBy}`],
]

/** Answers GET or HEAD with a finished page, or 304 when the visitor has these bytes. `servedBy` names the process. */
export function sendPage(
  req: IncomingMessage,
  res: ServerResponse,
  variant: Variant,
  from: PageCacheResult,
  servedBy: string,
): void {
  res.pageCache = from
  const condition = req.headers['if-none-match']
  if (condition !== undefined && matches(condition, variant.etag)) {
    res.writeHead(304, validators(variant, from, servedBy) as string[]).end()
    return
  }
  const { headers, body } = writtenFor(variant, from, servedBy)
  res.writeHead(200, headers as string[])
  if (req.method === 'HEAD') res.end()
  else res.end(body, 'latin1')
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): caches on the way may have marked ours as weak. */
const matches = (condition: string, etag: string): boolean =>
  condition === '*' || condition.split(',').some((given) => given.trim().replace(/^W\//, '') === etag)
