import { Failure } from '../failure.ts'
import { findTasks } from '../logs/find-tasks.ts'
import { followLogs } from '../logs/follow-logs.ts'
import type { Readable } from '../logs/line.ts'
import { sayFull, sayLeftOut, sayMissing, sayWaiting } from '../logs/notices.ts'
import { readLogs, type Wanted } from '../logs/read-logs.ts'
import { since } from '../logs/since.ts'
import { isOver } from '../swarm/tasks.ts'
import type { Answer, Api, Asking, LineSink } from './route.ts'

const TAIL = 100
const MOST_TAIL = 300
const LONGEST_MS = 3_600_000

/** Of one request: two are answered at once, and the heap of control has 40 MB. */
const BOUNDS = { bytes: 2_000_000, atOnce: 4 }

/** Of one request: each is a process beside control, with threads of its own. */
const MOST_FOLLOWED = 8

/** What is asked of the logs. */
interface LogQuery {
  readonly wanted: Wanted
  readonly isFollowed: boolean
  /** Whether lines are left out that nobody asked to leave out. */
  readonly isCut: boolean
}

/** Lines of logs as `swarm logs --json` prints them; `{"notice": …}` says what is missing. */
export async function readLogLines({ query, gone }: Asking, api: Api): Promise<Answer> {
  const words = query.getAll('component')
  const asked = askedIn(query, words, api.now())
  const find = () => findTasks(api.app.stack, words)
  // An answer that has begun cannot say any more that there is none.
  const tasks = await api.turns.take(find, gone)
  if (asked.isFollowed) needFew(tasks)
  return {
    kind: 'lines',
    write: (sink) =>
      api.streams.take(async () => {
        sink.begin()
        await (asked.isFollowed ? follow(find, asked, sink, gone) : tell(tasks, asked, sink, gone))
      }),
  }
}

function askedIn(query: URLSearchParams, words: readonly string[], now: Date): LogQuery {
  const [from, asked] = [query.get('since'), query.get('tail')]
  const tail = asked ?? String(from === null ? TAIL : MOST_TAIL)
  if (!/^\d{1,4}$/.test(tail) || Number(tail) > MOST_TAIL)
    throw new Failure('usage', `"tail" is a number of lines, ${MOST_TAIL} at most.`, '')
  const followed = query.get('follow') ?? '0'
  if (followed !== '0' && followed !== '1') throw new Failure('usage', '"follow" is 0 or 1.', '')
  if (followed === '1' && words.length === 0)
    throw new Failure('usage', 'Logs are followed of components that are named.', 'Add component=NAME.')
  return {
    wanted: { tail: Number(tail), ...(from !== null && { since: since(from, now) }) },
    isFollowed: followed === '1',
    isCut: from !== null && asked === null,
  }
}

function needFew(tasks: readonly Readable[]): void {
  const count = tasks.filter(({ task }) => !isOver(task)).length
  if (count <= MOST_FOLLOWED) return
  throw new Failure(
    'usage',
    `Logs of ${MOST_FOLLOWED} instances at most are followed here; these components have ${count}, with their balancers.`,
    'Name fewer components, or read them without follow; `swarm logs -f` without --api follows any number.',
  )
}

async function tell(
  tasks: readonly Readable[],
  { wanted, isCut }: LogQuery,
  { line }: LineSink,
  gone: AbortSignal,
): Promise<void> {
  const { lines, missing, full, leftOut } = await readLogs(tasks, wanted, gone, BOUNDS)
  for (const one of lines) await line(one)
  const notices = [
    ...missing.map(sayMissing),
    ...(isCut && full.length > 0 ? [sayFull(full, MOST_TAIL)] : []),
    ...(leftOut === '' ? [] : [sayLeftOut(leftOut, BOUNDS.bytes)]),
  ]
  for (const notice of notices) await line({ notice })
}

async function follow(
  find: () => Promise<readonly Readable[]>,
  { wanted, isCut }: LogQuery,
  { line }: LineSink,
  gone: AbortSignal,
): Promise<void> {
  let isTold = false
  const onWaiting = (task: Readable) => {
    if (!isTold) line({ notice: sayWaiting(task, MOST_FOLLOWED) })
    isTold = true
  }
  const onFull = (task: Readable) => void line({ notice: sayFull([task], MOST_TAIL) })
  const bounds = { bytes: BOUNDS.bytes, most: MOST_FOLLOWED, onWaiting, ...(isCut && { onFull }) }
  const late = new AbortController()
  // AbortSignal.timeout would be kept in memory for its whole hour.
  const timer = setTimeout(() => late.abort(), LONGEST_MS)
  const end = AbortSignal.any([gone, late.signal])
  await followLogs(find, wanted, (one) => void line(one), end, bounds).finally(() => clearTimeout(timer))
}
