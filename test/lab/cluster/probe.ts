import { Agent, request } from 'node:https'
import { type Asking, kindOf } from '../../rollout/load.ts'
import type { Machine } from './layout.ts'

/** What the visitors of one node saw. */
export interface Seen {
  readonly node: string
  readonly requests: number
  /** Answers that are neither success nor redirect, and requests without an answer, in words. */
  readonly failed: readonly string[]
  /** Milliseconds. */
  readonly slowest: number
  readonly p99: number
  /** How many went on to another node, because no connection to this one was made. */
  readonly wentOn: number
}

export interface RunningProbe {
  /** What was seen since the beginning, or since the last call; of requests that have ended. */
  since(): Seen[]
  stop(): Promise<Seen[]>
}

const PATIENCE = 15_000
const CONNECTIONS = 64

interface Ended {
  readonly fault?: string
  /** No answer had begun, so that a browser tries again elsewhere. */
  readonly refused?: boolean
}

interface Tally {
  readonly times: number[]
  readonly failed: string[]
  wentOn: number
}

/**
 * Asks each node's front so often a second, whatever the answers, as a browser does that knows all of their addresses
 * by one name: a connection that is refused goes on to the next node, a kept connection that ends before it answers is
 * made anew. Whatever else fails counts, for the node that was asked first.
 */
export function startProbe(
  nodes: readonly Machine[],
  kinds: readonly Asking[],
  { perSecond = 200, host = 'localhost' } = {},
): RunningProbe {
  const agents = new Map(nodes.map((node) => [node, newAgent()]))
  const tallies = new Map<Machine, Tally>(nodes.map((node) => [node, { times: [], failed: [], wentOn: 0 }]))
  const open = new Set<Promise<void>>()
  const begun = performance.now()
  let asked = 0
  const visit = async (node: Machine, turn: number): Promise<void> => {
    const kind = kindOf(kinds, turn)
    const at = performance.now()
    const others = nodes.slice(nodes.indexOf(node) + 1).concat(nodes.slice(0, nodes.indexOf(node)))
    let ended: Ended = {}
    for (const machine of [node, ...others]) {
      ended = await ask(agents.get(machine), machine.address, host, kind, turn)
      if (!ended.refused) break
      const tally = tallies.get(node)
      if (tally && machine === node) tally.wentOn++
    }
    const tally = tallies.get(node)
    tally?.times.push(performance.now() - at)
    if (ended.fault)
      tally?.failed.push(`${((at - begun) / 1000).toFixed(1)} s: ${kind.path(turn)} ${ended.fault}`)
  }
  const timer = setInterval(() => {
    // A late timer makes up for what it missed: visitors don't wait for the client.
    for (const due = ((performance.now() - begun) / 1000) * perSecond; asked < due; asked++) {
      for (const node of nodes) {
        const visiting: Promise<void> = visit(node, asked).then(() => void open.delete(visiting))
        open.add(visiting)
      }
    }
  }, 5)
  const since = () => nodes.map((node) => summary(node, tallies.get(node)))
  return {
    since,
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      for (const agent of agents.values()) agent.destroy()
      return since()
    },
  }
}

const newAgent = (): Agent =>
  new Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false })

function ask(
  agent: Agent | undefined,
  address: string,
  host: string,
  { path, headers = {}, form }: Asking,
  turn: number,
  again = false,
): Promise<Ended> {
  const body = form && new URLSearchParams(form(turn)).toString()
  const formHeaders =
    body === undefined
      ? {}
      : { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `https://${host}` }
  return new Promise((resolve) => {
    const options = {
      agent,
      timeout: PATIENCE,
      method: body ? 'POST' : 'GET',
      headers: { Host: host, ...headers, ...formHeaders },
    }
    const req = request(`https://${address}${path(turn)}`, options, (res) => {
      const { statusCode = 0 } = res
      res.resume()
      res.on('end', () => resolve(statusCode >= 400 ? { fault: `${statusCode}` } : {}))
      res.on('error', (error) => resolve({ fault: error.message }))
    })
    req.on('timeout', () => req.destroy(new Error('no answer in time')))
    req.on('error', (error: NodeJS.ErrnoException) => {
      if (!again && req.reusedSocket && error.code === 'ECONNRESET')
        ask(agent, address, host, { path, headers, share: 1, ...(form && { form }) }, turn, true).then(
          resolve,
        )
      else resolve({ fault: error.message, refused: error.syscall === 'connect' })
    })
    req.end(body)
  })
}

function summary({ name }: Machine, tally: Tally = { times: [], failed: [], wentOn: 0 }): Seen {
  const times = tally.times.splice(0).sort((a, b) => a - b)
  return {
    node: name,
    requests: times.length,
    failed: tally.failed.splice(0),
    slowest: times.at(-1) ?? 0,
    p99: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
    wentOn: tally.wentOn,
  }
}
