import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Origin } from './audit.ts'
import type { LineSink } from './route.ts'

const always = ({ request }: Origin) => ({
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Request-Id': request,
})

/** Answers with JSON. An answer that has begun is broken off instead, so that nobody takes it for whole. */
export function sendJson(
  response: ServerResponse,
  origin: Origin,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  type = 'application/json',
): void {
  if (response.headersSent) return void response.destroy()
  response
    .writeHead(status, { ...always(origin), 'Content-Type': type, ...headers })
    .end(`${JSON.stringify(body)}\n`)
}

/** Whoever reads so slowly is broken off: the lines are kept in memory for them. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024

/** Whoever takes nothing for so long is broken off: nobody else may read meanwhile. */
const PATIENCE_MS = 30_000

/** Answers with one JSON object a line, as they come. */
export async function sendLines(
  response: ServerResponse,
  origin: Origin,
  write: (sink: LineSink) => Promise<void>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  let waiting: Promise<void> | undefined
  const drained = () => {
    waiting ??= whenDrained(response, patienceMs).finally(() => {
      waiting = undefined
    })
    return waiting
  }
  await write({
    begin() {
      // nginx would keep lines back: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
      const headers = { 'Content-Type': 'application/x-ndjson', 'X-Accel-Buffering': 'no' }
      response.writeHead(200, { ...always(origin), ...headers }).flushHeaders()
    },
    async line(value) {
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy()
      // As bytes what waits is not in the heap, which is small.
      const line = Buffer.from(`${JSON.stringify(value)}\n`)
      if (!response.destroyed && !response.write(line)) await drained()
    },
  })
  endWithin(response, patienceMs)
}

/** When the reader took what waited for them, or is gone; those who take nothing are broken off. */
async function whenDrained(response: ServerResponse, patienceMs: number): Promise<void> {
  const over = new AbortController()
  const late = setTimeout(() => response.destroy(), patienceMs)
  const first = ['drain', 'close'].map((event) => once(response, event, { signal: over.signal }))
  await Promise.any(first).catch(() => {})
  clearTimeout(late)
  over.abort()
}

function endWithin(response: ServerResponse, patienceMs: number): void {
  if (response.destroyed) return
  const late = setTimeout(() => response.destroy(), patienceMs)
  response.once('close', () => clearTimeout(late)).end()
}
