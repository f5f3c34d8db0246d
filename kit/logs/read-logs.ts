import { setTimeout as sleep } from 'node:timers/promises'
import { follow } from '../docker.ts'
import { logOfTask } from '../swarm/commands.ts'
import { type LogLine, parseLine, type Readable } from './line.ts'
import { Newest } from './newest.ts'

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
  /** That have as many lines as are wanted of each, and perhaps more. */
  readonly full: readonly Readable[]
  /** The time until which lines are left out, as there are too many; empty where none is. */
  readonly leftOut: string
}

/** For whoever reads with little memory, as control does. */
export interface Bounds {
  /** Of all lines as JSON; the oldest are left out. */
  readonly bytes: number
  /** Logs that are read at once: each is a process. */
  readonly atOnce: number
}

// The log of a service hangs where a node does not answer: https://github.com/docker/cli/issues/4678
const SECONDS = 10
const AGAIN_MILLISECONDS = 1000
const UNBOUNDED: Bounds = { bytes: Number.POSITIVE_INFINITY, atOnce: 8 }

/** Reads the logs of tasks, each by itself. */
export async function readLogs(
  tasks: readonly Readable[],
  wanted: Wanted,
  signal?: AbortSignal,
  { bytes, atOnce }: Bounds = UNBOUNDED,
): Promise<ReadLogs> {
  const newest = new Newest(bytes)
  const missing = tasks.filter(({ reachable }) => !reachable)
  const full: Readable[] = []
  const waiting = tasks.filter(({ reachable }) => reachable)
  const readOn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { code, count } = await readOne(next, wanted, newest, signal)
      if (code !== 0) missing.push(next)
      if (wanted.tail !== undefined && count >= wanted.tail) full.push(next)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readOn))
  return { ...newest.taken(), missing, full }
}

async function readOne(task: Readable, wanted: Wanted, newest: Newest, signal?: AbortSignal) {
  const limit = AbortSignal.any([AbortSignal.timeout(SECONDS * 1000), ...(signal ? [signal] : [])])
  for (;;) {
    const read = await readOnce(task, wanted, newest, limit)
    // While the managers choose a leader, none of them knows any log.
    const isOver =
      read.code === 0 || (await sleep(AGAIN_MILLISECONDS, false, { signal: limit }).catch(() => true))
    if (isOver) return read
    newest.forget(task.task.id)
  }
}

async function readOnce({ source, task }: Readable, wanted: Wanted, newest: Newest, limit: AbortSignal) {
  let count = 0
  const code = await follow(
    logOfTask(task.id, wanted),
    (text, stream) => {
      const line = parseLine(text, stream, source)
      if (line === undefined) return
      count++
      newest.add(line)
    },
    limit,
  )
  return { code, count }
}
