import { docker } from '../docker.ts'
import { inside } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { instancesOf } from './instances.ts'
import type { Site } from './site.ts'

/** An instance as the balancer sees it. */
export interface Seen {
  /** Its place in HAProxy's list. What is counted belongs to the place, whoever had it before. */
  readonly slot: string
  /** Empty while nobody has the place. */
  readonly address: string
  readonly isUp: boolean
  readonly answers: number
  readonly errors: number
}

// The image has bash and neither curl nor wget.
const ASK = 'exec 3<>/dev/tcp/127.0.0.1/8404 && printf "GET /stats;csv HTTP/1.0\\r\\n\\r\\n" >&3 && cat <&3'

/** What HAProxy knows of all instances. */
export async function seenByBalancer(site: Site): Promise<Seen[]> {
  const balancers = await instancesOf(site, 'balancer')
  const running = balancers.find(({ status }) => status === 'running')
  if (running) return readStatistics(await askTwice(running.id))
  throw new RolloutFailure(
    'The balancer does not run, so no visitor reaches any instance.',
    'Start it with `docker compose up -d`, then run the command again.',
  )
}

// A busy machine or a reload can cost one answer.
async function askTwice(balancer: string): Promise<string> {
  const ask = () => docker(inside(balancer, 'bash', '-c', ASK), { seconds: 10 })
  return ask().catch(ask)
}

/** Reads HAProxy's statistics, as its CSV has them: the places of the servers it checks. */
export function readStatistics(answer: string): Seen[] {
  const lines = answer.split(/\r?\n/)
  const [heading = '', ...rows] = lines.slice(lines.findIndex((line) => line.startsWith('# pxname')))
  const columns = heading.replace('# ', '').split(',')
  const valueIn = (cells: readonly string[], column: string) => cells[columns.indexOf(column)] ?? ''
  return rows
    .map((row) => row.split(','))
    .filter(
      (cells) =>
        valueIn(cells, 'pxname') === 'instances' && !/^(?:FRONT|BACK)END$/.test(valueIn(cells, 'svname')),
    )
    .map((cells) => ({
      slot: valueIn(cells, 'svname'),
      address: valueIn(cells, 'addr').replace(/:\d+$/, ''),
      isUp: valueIn(cells, 'status').startsWith('UP'),
      answers: ['hrsp_2xx', 'hrsp_3xx', 'hrsp_4xx', 'hrsp_5xx'].reduce(
        (sum, column) => sum + Number(valueIn(cells, column)),
        0,
      ),
      errors: Number(valueIn(cells, 'hrsp_5xx')),
    }))
}

export interface Counted {
  readonly answers: number
  readonly errors: number
}

// Fewer errors than this say nothing: a store may have been restarted just then.
const FEWEST = 5
const MOST_SHARE = 0.01

/** Whether new instances fail more than the old ones did beside them. */
export const failsMore = (fresh: Counted, old: Counted): boolean =>
  fresh.errors >= FEWEST && shareOf(fresh) > MOST_SHARE + 2 * shareOf(old)

const shareOf = ({ answers, errors }: Counted): number => (answers === 0 ? 0 : errors / answers)

/** What a place has answered since `before`; a reload in between makes HAProxy count from nothing. */
export function countedSince(before: readonly Seen[], { slot, answers, errors }: Seen): Counted {
  const then = before.find((seen) => seen.slot === slot)
  if (then === undefined || then.answers > answers) return { answers, errors }
  return { answers: answers - then.answers, errors: errors - then.errors }
}

export const sum = (seen: readonly Counted[]): Counted => ({
  answers: seen.reduce((total, { answers }) => total + answers, 0),
  errors: seen.reduce((total, { errors }) => total + errors, 0),
})
