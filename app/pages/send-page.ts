import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageCacheResult } from '../cache/page-cache.ts'
import type { Variant } from '../cache/variant.ts'

type Headers = readonly string[]

// The headers of an answer from memory are always the same, so they are written out once a variant.
const writtenOut = new WeakMap<Variant, Headers>()

function headersOf(variant: Variant, from: PageCacheResult): Headers {
  if (from !== 'memory') return writeOut(variant, from)
  const known = writtenOut.get(variant) ?? writeOut(variant, from)
  writtenOut.set(variant, known)
  return known
}

const writeOut = (variant: Variant, from: PageCacheResult): Headers => [
  ...['Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(variant.body.length)],
  ...(variant.encoding === 'identity' ? [] : ['Content-Encoding', variant.encoding]),
  ...validators(variant, from),
]

const validators = ({ etag, cacheControl }: Variant, from: PageCacheResult): Headers => [
  ...['ETag', etag, 'Cache-Control', cacheControl, 'Vary', 'Accept-Encoding', 'X-Page-Cache', from],
]

/** Answers GET or HEAD with a finished page, or 304 when the visitor has these bytes. */
export function sendPage(
  req: IncomingMessage,
  res: ServerResponse,
  variant: Variant,
  from: PageCacheResult,
): void {
  res.pageCache = from
  const condition = req.headers['if-none-match']
  if (condition !== undefined && matches(condition, variant.etag)) {
    res.writeHead(304, validators(variant, from) as string[]).end()
    return
  }
  res.writeHead(200, headersOf(variant, from) as string[])
  res.end(req.method === 'HEAD' ? undefined : variant.body)
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): caches on the way may have marked ours as weak. */
const matches = (condition: string, etag: string): boolean =>
  condition === '*' || condition.split(',').some((given) => given.trim().replace(/^W\//, '') === etag)
