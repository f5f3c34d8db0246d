import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StoreState } from '../cache/page-store.ts'

export interface Health {
  /** Answers 200 as long as the event loop turns. */
  alive(req: IncomingMessage, res: ServerResponse): void
  /** Answers 200 when visitors may come, 503 before and while stopping. */
  ready(req: IncomingMessage, res: ServerResponse): void
}

export interface HealthSources {
  readonly release: string
  readonly instance: string
  isDraining(): boolean
  /** Told, never judged: if one dead Redis made instances unready, it would take all of them out at once. */
  stores(): Readonly<Record<string, StoreState>>
}

/** The two questions an orchestrator asks. An instance listens only once its content and templates are loaded. */
export function createHealth({ release, instance, isDraining, stores }: HealthSources): Health {
  const answer = (res: ServerResponse, status: number, body: object) => {
    const json = `${JSON.stringify(body)}\n`
    const length = Buffer.byteLength(json)
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': length,
      'Cache-Control': 'no-store',
    }
    res.writeHead(status, headers).end(json)
  }
  return {
    alive: (_req, res) => answer(res, 200, { alive: true }),
    ready(_req, res) {
      const draining = isDraining()
      answer(res, draining ? 503 : 200, { ready: !draining, draining, release, instance, stores: stores() })
    },
  }
}
