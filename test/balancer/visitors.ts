import { Agent, get } from 'node:http'

/** What visitors saw who read pages all the time. */
export interface Seen {
  readonly visits: number
  /** One text for each visit that was not answered 200. */
  readonly failures: readonly string[]
  /** Milliseconds. */
  readonly slowest: number
}

const PATIENCE = 10_000

/**
 * Reads a page so many times a second over connections that are kept, as nginx keeps them. Unlike nginx it
 * tries nothing twice: whatever is dropped shows.
 */
export function visitors(port: number, path: string, perSecond: number): { stop(): Promise<Seen> } {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })
  const visits: Promise<{ failure?: string; milliseconds: number }>[] = []
  const begun = performance.now()
  const timer = setInterval(() => {
    while (visits.length < ((performance.now() - begun) / 1000) * perSecond) {
      visits.push(visit(agent, port, path))
    }
  }, 5)
  return {
    async stop() {
      clearInterval(timer)
      const all = await Promise.all(visits)
      agent.destroy()
      return {
        visits: all.length,
        failures: all.flatMap(({ failure }) => failure ?? []),
        slowest: Math.max(...all.map(({ milliseconds }) => milliseconds)),
      }
    },
  }
}

function visit(
  agent: Agent,
  port: number,
  path: string,
): Promise<{ failure?: string; milliseconds: number }> {
  const at = performance.now()
  return new Promise((resolve) => {
    const ended = (failure?: string) => resolve({ failure, milliseconds: performance.now() - at })
    const req = get({ agent, port, path, timeout: PATIENCE }, (res) => {
      res.resume().on('error', (error) => ended(error.message))
      res.on('end', () => ended(res.statusCode === 200 ? undefined : `status ${res.statusCode}`))
    })
    req.on('timeout', () => req.destroy(new Error('silence'))).on('error', (error) => ended(error.message))
  })
}
