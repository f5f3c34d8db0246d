import { Agent, request } from 'node:https'

/** One kind of request, and its share of all. */
export interface Asking {
  readonly path: (turn: number) => string
  readonly share: number
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: (turn: number) => Readonly<Record<string, string>>
}

/** What visitors saw. */
export interface Load {
  readonly requests: number
  /** Answers that are neither success nor redirect, and requests without an answer, in words. */
  readonly failed: readonly string[]
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export interface RunningLoad {
  /** Requests so far, and those that failed. */
  soFar(): Load
  stop(): Promise<Load>
}

const PATIENCE = 15_000
const CONNECTIONS = 64

/** Asks so often a second, whatever the answers, over connections that are kept alive; nothing is tried twice. */
export function startLoad(url: string, kinds: readonly Asking[], perSecond: number): RunningLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false })
  const times: number[] = []
  const failed: string[] = []
  const open = new Set<Promise<void>>()
  const begun = performance.now()
  let asked = 0
  const timer = setInterval(() => {
    // A late timer makes up for what it missed: visitors don't wait for the client.
    for (const due = ((performance.now() - begun) / 1000) * perSecond; asked < due; asked++) {
      const kind = kindOf(kinds, asked)
      const asking = ask(agent, url, kind, asked).then(({ milliseconds, fault }) => {
        times.push(milliseconds)
        if (fault) failed.push(`${((performance.now() - begun) / 1000).toFixed(1)} s: ${fault}`)
        open.delete(asking)
      })
      open.add(asking)
    }
  }, 5)
  const soFar = () => summary(times, failed, (performance.now() - begun) / 1000)
  return {
    soFar,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      agent.destroy()
      return soFar()
    },
  }
}

/** A kind for each turn, mixed, and each as often as its share says. */
export function kindOf(kinds: readonly Asking[], turn: number): Asking {
  const all = kinds.reduce((sum, { share }) => sum + share, 0)
  // A step without a common divisor visits every place before it comes back to one.
  let place = (turn * 7919) % all
  for (const kind of kinds) {
    place -= kind.share
    if (place < 0) return kind
  }
  throw new Error('shares are whole numbers above 0')
}

function ask(
  agent: Agent,
  url: string,
  { path, headers = {}, form }: Asking,
  turn: number,
): Promise<{ milliseconds: number; fault?: string }> {
  const at = performance.now()
  const body = form && new URLSearchParams(form(turn)).toString()
  const formHeaders =
    body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url }
  return new Promise((resolve) => {
    const ended = (fault?: string) =>
      resolve({ milliseconds: performance.now() - at, ...(fault && { fault: `${path(turn)} ${fault}` }) })
    const options = {
      agent,
      timeout: PATIENCE,
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...formHeaders },
    }
    const req = request(url + path(turn), options, (res) => {
      const { statusCode = 0 } = res
      res.resume()
      res.on('end', () => ended(statusCode >= 400 ? `${statusCode}` : undefined))
      res.on('error', (error) => ended(error.message))
    })
    req.on('timeout', () => req.destroy(new Error('no answer in time')))
    req.on('error', (error) => ended(error.message))
    req.end(body)
  })
}

function summary(times: readonly number[], failed: readonly string[], seconds: number): Load {
  const sorted = [...times].sort((a, b) => a - b)
  const atMost = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
  return {
    requests: times.length,
    failed: [...failed],
    perSecond: times.length / seconds,
    p50: atMost(0.5),
    p99: atMost(0.99),
  }
}
