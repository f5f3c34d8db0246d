import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StoreState } from '../cache/page-store.ts'

export interface Health {
  /** Answers 200 as long as the event loop turns. */
  alive(req: IncomingMessage, res: ServerResponse): void
  /** Answers 200 when visitors may come, 503 while starting and stopping. */
  ready(req: IncomingMessage, res: ServerResponse): void
}

export interface HealthSources {
  readonly release: string
  readonly instance: string
  isDraining(): boolean
  /**
   * Waited for at the start, then told and never judged: if one dead Redis made instances unready, it would take all of
   * them out at once.
   */
  stores(): Readonly<Record<string, StoreState>>
  /** Begins to open the stores that nobody has needed yet. */
  openStores?(): Promise<unknown>
}

// A new instance whose store is away is as good as the others.
const patienceMilliseconds = 2000

/**
 * The two questions an orchestrator asks. An instance listens only once its content and templates are loaded, and is
 * ready once it is connected to its stores: until then it would refuse forms.
 */
export function createHealth({ release, instance, isDraining, ...sources }: HealthSources): Health {
  const { stores } = sources
  const hasStarted = startOf(sources)
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
      const ready = hasStarted() && !draining
      answer(res, ready ? 200 : 503, { ready, draining, release, instance, stores: stores() })
    },
  }
}

/** Tells whether the stores have been there once, or were given up on. */
function startOf({ stores, openStores }: Pick<HealthSources, 'stores' | 'openStores'>): () => boolean {
  let started = false
  let awaySince: number | undefined
  return () => {
    if (started) return true
    const states = Object.values(stores())
    if (states.includes('opening')) {
      // Whoever starts the process opens them too, and hears why they cannot be.
      openStores?.().catch(() => {})
      return false
    }
    awaySince ??= performance.now()
    started = !states.includes('down') || performance.now() - awaySince > patienceMilliseconds
    return started
  }
}
