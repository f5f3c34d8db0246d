import { get } from 'node:http'

/** What visitors saw who came one after the other, each over a connection of their own. */
export interface Visits {
  readonly visits: number
  /** Answers other than 200, and visits without one. */
  readonly failed: number
  /** How many answers had which status; `none`: the connection was refused, reset or silent. */
  readonly statuses: Readonly<Record<string, number>>
  /** Seconds between the first and the last visit that failed. */
  readonly failingSeconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly slowest: number
}

interface Visit {
  readonly at: number
  readonly milliseconds: number
  readonly status: string
}

const patience = 10_000

/** Visits the URLs in turn, so many a second whatever the answers, until it is stopped. */
export function steadyLoad(urls: readonly string[], perSecond: number): { stop(): Promise<Visits> } {
  const open: Promise<Visit>[] = []
  const begun = performance.now()
  const timer = setInterval(() => {
    // A late timer makes up for what it missed: visitors don't wait for the load generator.
    while (open.length < ((performance.now() - begun) / 1000) * perSecond) {
      open.push(visit(urls[open.length % urls.length] ?? ''))
    }
  }, 5)
  return {
    async stop() {
      clearInterval(timer)
      return summary(await Promise.all(open))
    },
  }
}

function visit(url: string): Promise<Visit> {
  const at = performance.now()
  return new Promise((resolve) => {
    const ended = (status: string) => resolve({ at, milliseconds: performance.now() - at, status })
    const req = get(url, { agent: false, timeout: patience }, (res) => {
      res.resume()
      res.on('end', () => ended(String(res.statusCode))).on('error', () => ended('none'))
    })
    req.on('timeout', () => req.destroy()).on('error', () => ended('none'))
  })
}

/** Counts and times of visits. */
export function summary(visits: readonly Visit[]): Visits {
  const times = visits.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const atMost = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0
  const failures = visits.filter(({ status }) => status !== '200').map(({ at }) => at)
  const statuses: Record<string, number> = {}
  for (const { status } of visits) statuses[status] = (statuses[status] ?? 0) + 1
  return {
    visits: visits.length,
    failed: failures.length,
    statuses,
    failingSeconds: failures.length > 0 ? (Math.max(...failures) - Math.min(...failures)) / 1000 : 0,
    p50: atMost(0.5),
    p99: atMost(0.99),
    slowest: atMost(1),
  }
}
