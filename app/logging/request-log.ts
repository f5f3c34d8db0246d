import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CountRequest } from '../metrics/request-tally.ts'
import type { Log } from './log.ts'

declare module 'node:http' {
  interface IncomingMessage {
    id: string
  }
  interface ServerResponse {
    /** Where the page came from, for the request's log line. */
    pageCache?: string
  }
}

const requestIdForm = /^[\w-]{8,64}$/

/** The id that nginx gave the request, so that one id finds it in both logs; our own without nginx. */
export function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID()
}

/**
 * Whether the balancer only wants to know if we answer. nginx takes the header from visitors, so that nobody
 * stays out of the log by sending it.
 */
const isHealthCheck = ({ headers }: IncomingMessage): boolean => Boolean(headers['x-health-check'])

// A query holds what a visitor typed or a link let him in with; nginx logs none either.
function withoutQuery(url = ''): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

/**
 * Names the request, and logs one line: requestId, method, url without its query, status, milliseconds since
 * `start`, and the cache result of a page. An answer that is written already is logged at once; any other
 * when it is sent or given up. `count` is told the same. Of the balancer's checks, several a second, nothing is
 * told.
 */
export function logRequest(
  log: Log,
  req: IncomingMessage,
  res: ServerResponse,
  start: number,
  count?: CountRequest,
): void {
  const logged = log.isLevelEnabled('error')
  if (!logged && !count) return
  if (logged) req.id = requestIdOf(req)
  if (isHealthCheck(req)) return
  // Taken now, because routers change the address that the request carries.
  const { method, url } = req
  const write = (givenUp: boolean) => {
    const path = withoutQuery(url)
    const took = performance.now() - start
    count?.(path, res, took, givenUp)
    if (!logged) return
    const line = {
      requestId: req.id,
      method,
      url: path,
      status: res.statusCode,
      milliseconds: Math.round(took * 1000) / 1000,
      cache: res.pageCache,
    }
    if (givenUp) log.warn(line, 'given up')
    else if (res.statusCode >= 500) log.error(line, 'failed')
    else log.info(line, 'answered')
  }
  if (res.writableEnded) write(false)
  else res.on('close', () => write(!res.writableFinished))
}
