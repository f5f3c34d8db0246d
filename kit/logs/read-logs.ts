import { setTimeout as sleep } from 'node:timers/promises'
import { follow } from '../docker.ts'
import { logOfTask } from '../swarm/commands.ts'
import { inOrderOfTime, type LogLine, parseLine, type Readable } from './line.ts'

export interface Wanted {
  /** Lines of each instance, from its end; all without it. */
  readonly tail?: number
  /** ISO 8601. */
  readonly since?: string
}

export interface ReadLogs {
  /** In the order of time. */
  readonly lines: readonly LogLine[]
  /** Whose logs could not be read. */
  readonly missing: readonly Readable[]
}

// The log of a service hangs where a node does not answer: https://github.com/docker/cli/issues/4678
const SECONDS = 10
const AT_ONCE = 8
const AGAIN_MILLISECONDS = 1000

/** Reads the logs of tasks, each by itself. */
export async function readLogs(
  tasks: readonly Readable[],
  wanted: Wanted,
  signal?: AbortSignal,
): Promise<ReadLogs> {
  const lines: LogLine[] = []
  const missing = tasks.filter(({ reachable }) => !reachable)
  const waiting = tasks.filter(({ reachable }) => reachable)
  const readOn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      if (!(await readOne(next, wanted, lines, signal))) missing.push(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, readOn))
  return { lines: inOrderOfTime(lines), missing }
}

async function readOne(
  task: Readable,
  wanted: Wanted,
  lines: LogLine[],
  signal?: AbortSignal,
): Promise<boolean> {
  const limit = AbortSignal.any([AbortSignal.timeout(SECONDS * 1000), ...(signal ? [signal] : [])])
  for (;;) {
    const { code, found } = await readOnce(task, wanted, limit)
    // While the managers choose a leader, none of them knows any log.
    const isOver = code === 0 || (await sleep(AGAIN_MILLISECONDS, false, { signal: limit }).catch(() => true))
    if (!isOver) continue
    lines.push(...found)
    return code === 0
  }
}

async function readOnce({ source, task }: Readable, wanted: Wanted, limit: AbortSignal) {
  const found: LogLine[] = []
  const code = await follow(
    logOfTask(task.id, wanted),
    (text, stream) => {
      const line = parseLine(text, stream, source)
      if (line) found.push(line)
    },
    limit,
  )
  return { code, found }
}
