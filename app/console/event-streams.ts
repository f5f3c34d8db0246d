import type { Request, Response } from 'express'
import { SiteError } from '../errors.ts'

/** Server-sent events to one page. */
export interface EventStream {
  send(event: string, data: string): void
  end(): void
  /** Aborted when the page is gone, may not look any more, or this instance stops. */
  readonly over: AbortSignal
}

interface StreamRules {
  /** Streams of all pages at once. */
  readonly most: number
  readonly beatMilliseconds: number
  /** Whether who opened it may still look; asked at each beat. Rejects where nobody knows. */
  readonly mayLook: (req: Request) => Promise<boolean>
}

// A page that takes nothing would have its events kept in memory.
const mostWaitingBytes = 1024 * 1024

/** The open streams of this instance: a bounded number, each of which ends with the session that opened it. */
export class EventStreams {
  readonly #rules: StreamRules
  readonly #open = new Set<EventStream>()
  #isClosed = false

  constructor(rules: StreamRules) {
    this.#rules = rules
  }

  /** Begins to answer with events. Throws a SiteError where there are too many already. */
  begin(req: Request, res: Response): EventStream {
    if (this.#isClosed || this.#open.size >= this.#rules.most)
      throw new SiteError('unavailable', 'no more streams of events here')
    // nginx would keep events back: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
    res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
    res.flushHeaders()
    const gone = new AbortController()
    const stream: EventStream = {
      over: gone.signal,
      send(event, data) {
        if (res.writableLength > mostWaitingBytes) res.destroy()
        if (!res.writableEnded && !res.destroyed) res.write(message(event, data))
      },
      end: () => void res.end(),
    }
    this.#open.add(stream)
    const beat = setInterval(() => this.#beat(req, res, stream), this.#rules.beatMilliseconds)
    res.on('close', () => {
      clearInterval(beat)
      this.#open.delete(stream)
      gone.abort()
    })
    if (req.method === 'HEAD') stream.end()
    return stream
  }

  /** Ends all streams and begins no other, so that the instance need not wait for them. */
  close(): void {
    this.#isClosed = true
    for (const stream of this.#open) stream.end()
  }

  async #beat(req: Request, res: Response, stream: EventStream): Promise<void> {
    // Where nobody knows, the page is told nothing more, and comes back by itself.
    const mayLook = await this.#rules.mayLook(req).catch(() => undefined)
    if (res.writableEnded || res.destroyed) return
    if (mayLook) return void res.write(':\n\n')
    if (mayLook === false) stream.send('over', '')
    stream.end()
  }
}

// Each end of a line that the format knows: a text with another one could otherwise pass for an event.
const message = (event: string, data: string): string =>
  `event: ${event}\n${data.replace(/^|\r\n|\r|\n/g, (end) => `${end && '\n'}data: `)}\n\n`
