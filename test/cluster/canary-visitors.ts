import { Agent, request } from 'node:https'
import type { Machine } from '../lab/cluster/layout.ts'

/** Pages from the front's cache, and answers past it. */
const PATHS = ['/', '/invite', '/docs', '/search?q=release', '/blog', '/invite']
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const PATIENCE_MS = 15_000

/** What one visitor saw last. */
export interface Visited {
  /** Since the visits began. */
  readonly milliseconds: number
  /** When the answer had come, as Date.now() has it. */
  readonly at: number
  readonly visitor: number
  readonly node: string
  readonly path: string
  /** 0 where there was no answer. */
  readonly status: number
  /** Why there was no answer. */
  readonly fault?: string
  /** Of the app that made the page, as Server-Timing has it; empty where it says nothing. */
  readonly release: string
}

export interface Visits {
  readonly all: readonly Visited[]
  /** Milliseconds since they began. */
  now(): number
  stop(): Promise<readonly Visited[]>
}

export interface VisitsOptions {
  readonly visitors?: number
  /** Pages, of all visitors together. */
  readonly perSecond?: number
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * So many visitors with browsers that keep cookies, each on any node, together so many pages a second. A browser that is
 * refused a connection goes on to the next node.
 */
export function startVisits(
  nodes: readonly Machine[],
  { visitors = 300, perSecond = 100, headers = {} }: VisitsOptions = {},
): Visits {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false })
  const cookies = Array.from({ length: visitors }, () => new Map<string, string>())
  // One person opens one page after another.
  const busy = new Set<number>()
  const all: Visited[] = []
  const open = new Set<Promise<void>>()
  const begun = performance.now()
  const now = () => performance.now() - begun
  let asked = 0
  const visit = async (turn: number): Promise<void> => {
    const visitor = turn % visitors
    if (busy.has(visitor)) return
    busy.add(visitor)
    const path = PATHS[Math.floor(turn / visitors + visitor) % PATHS.length] ?? '/'
    const first = turn % nodes.length
    const order = [...nodes.slice(first), ...nodes.slice(0, first)]
    let seen: Seen = { status: 0, release: '' }
    for (const node of order) {
      seen = await ask(agent, node, path, headers, cookies[visitor] ?? new Map())
      if (!seen.refused) break
    }
    const { refused: _, ...answer } = seen
    all.push({ milliseconds: now(), at: Date.now(), visitor, node: order[0]?.name ?? '', path, ...answer })
    busy.delete(visitor)
  }
  const timer = setInterval(() => {
    for (const due = (now() / 1000) * perSecond; asked < due; asked++) {
      const visiting: Promise<void> = visit(asked).then(() => void open.delete(visiting))
      open.add(visiting)
    }
  }, 10)
  return {
    all,
    now,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      agent.destroy()
      return all
    },
  }
}

/** What became of one page. */
export interface Seen {
  readonly status: number
  readonly release: string
  readonly fault?: string
  readonly refused?: boolean
}

/** Opens a page as a browser with these cookies does, which the answer may add to. */
export function ask(
  agent: Agent | false,
  node: Machine,
  path: string,
  more: Readonly<Record<string, string>>,
  cookies: Map<string, string>,
  again = false,
): Promise<Seen> {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  const headers = {
    Host: 'localhost',
    'User-Agent': BROWSER,
    Accept: 'text/html,application/xhtml+xml',
    'Sec-Fetch-Dest': 'document',
    ...(cookie && { Cookie: cookie }),
    ...more,
  }
  return new Promise((resolve) => {
    const options = { agent, headers, timeout: PATIENCE_MS, rejectUnauthorized: false }
    const req = request(`https://${node.address}${path}`, options, (res) => {
      for (const set of res.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      const [, release = ''] = /release;desc="?([^",]+)/.exec(String(res.headers['server-timing'])) ?? []
      res.resume()
      res.once('end', () => resolve({ status: res.statusCode ?? 0, release }))
      res.once('error', ({ message }) => resolve({ status: 0, release, fault: message }))
    })
    req.once('timeout', () => req.destroy(new Error('no answer in time')))
    req.once('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that ends before it answers is made anew, as browsers do.
      if (!again && req.reusedSocket && error.code === 'ECONNRESET')
        ask(false, node, path, more, cookies, true).then(resolve)
      else resolve({ status: 0, release: '', fault: error.message, refused: error.syscall === 'connect' })
    })
    req.end()
  })
}

/** Visits that failed, in words. */
export const failedOf = (visits: readonly Visited[]): string[] =>
  visits
    .filter(({ status }) => status === 0 || status >= 400)
    .map(
      (visit) =>
        `${(visit.milliseconds / 1000).toFixed(1)} s: ${visit.node} ${visit.path} ${visit.status} ${visit.release} ${visit.fault ?? ''}`,
    )

/** Visitors who came back to the old version after they had the canary. */
export function turnedBack(visits: readonly Visited[], canary: string): number[] {
  const had = new Set<number>()
  const back = new Set<number>()
  for (const { visitor, release } of visits) {
    if (release === canary) had.add(visitor)
    else if (release !== '' && had.has(visitor)) back.add(visitor)
  }
  return [...back]
}
