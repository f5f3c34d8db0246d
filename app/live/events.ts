import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The stream on which open pages learn of changes. */
export interface LiveEvents {
  listener(req: IncomingMessage, res: ServerResponse): void
  /** `data` of 'style' is JSON: the new `href` and `integrity` of the stylesheet. */
  send(event: 'reload' | 'style', data: string): void
  close(): void
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
}

// Shorter than the idle time after which proxies close a connection.
const heartbeatMilliseconds = 15_000

/**
 * Server-sent events. The first one, 'hello', carries this process's `boot` and the `age` in milliseconds of
 * the last change: a page that was asked for before that change, or of another process, is out of date.
 */
export function liveEvents(): LiveEvents {
  const boot = randomUUID()
  const open = new Set<ServerResponse>()
  let changedAt = performance.now()
  let closed = false

  const write = (text: string) => {
    for (const res of open) res.write(text)
  }
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMilliseconds).unref()

  return {
    listener(req, res) {
      res.writeHead(closed ? 503 : 200, headers)
      if (closed || req.method === 'HEAD') return void res.end()
      open.add(res)
      res.on('close', () => open.delete(res))
      const age = Math.round(performance.now() - changedAt)
      res.write(message('hello', JSON.stringify({ boot, age })))
    },
    send(event, data) {
      changedAt = performance.now()
      write(message(event, data))
    },
    close() {
      closed = true
      clearInterval(heartbeat)
      for (const res of open) res.end()
    },
  }
}

const message = (event: string, data: string): string => `event: ${event}\ndata: ${data}\n\n`
