import { setTimeout as sleep } from 'node:timers/promises'
import { follow } from '../docker.ts'
import { logOfTask } from '../swarm/commands.ts'
import { isOver } from '../swarm/tasks.ts'
import { type LogLine, parseLine, type Readable } from './line.ts'
import { Merge } from './merge.ts'
import type { Wanted } from './read-logs.ts'

const LOOK_MILLISECONDS = 2000
const SETTLE_MILLISECONDS = 100

/** For whoever follows with little memory, as control does. */
export interface FollowBounds {
  /** Of lines that are held at once, as JSON. */
  readonly bytes?: number
  /** Of logs that are followed at once. Those of the beginning are not counted: whoever asks has seen how many they are. */
  readonly most?: number
  /** Called with what started while as many as may be are followed, each time that is seen. */
  readonly onWaiting?: (task: Readable) => void
  /** Called with what had as many lines as are wanted of it before it was followed. */
  readonly onFull?: (task: Readable) => void
}

/** How far the log of a task is read. */
interface Reading {
  last: string
  isOpen: boolean
}

interface Follower {
  readonly readings: Map<string, Reading>
  readonly merge: Merge
  readonly signal: AbortSignal
  readonly onFull?: FollowBounds['onFull']
}

/** Hands on lines as they are written, those of instances that start later too, until the signal. */
export async function followLogs(
  find: () => Promise<readonly Readable[]>,
  wanted: Wanted,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
  { bytes, most = Number.POSITIVE_INFINITY, onWaiting, onFull }: FollowBounds = {},
): Promise<void> {
  const merge = new Merge(onLine, bytes)
  const settling = setInterval(() => merge.settle(), SETTLE_MILLISECONDS)
  try {
    const readings = new Map<string, Reading>()
    const begin = (task: Readable, more: Wanted) => void read(task, more, { readings, merge, signal, onFull })
    const old = new Set<string>()
    for (const task of await find()) {
      old.add(task.task.id)
      if (!isOver(task.task)) begin(task, wanted)
    }
    while (await goesOn(signal)) {
      // A manager that changes its leader answers again a moment later.
      for (const task of await find().catch(() => [])) {
        const more = wantedOf(task, readings, old)
        if (more === undefined) continue
        if (openIn(readings) < most) begin(task, more)
        else onWaiting?.(task)
      }
    }
  } finally {
    clearInterval(settling)
    merge.flush()
  }
}

/** What is still to be read of a task; undefined where that is nothing, or it is read already. */
function wantedOf(
  { task }: Readable,
  readings: ReadonlyMap<string, Reading>,
  old: ReadonlySet<string>,
): Wanted | undefined {
  const reading = readings.get(task.id)
  if (reading === undefined) return old.has(task.id) ? undefined : {}
  if (reading.isOpen || isOver(task)) return undefined
  return reading.last === '' ? {} : { since: reading.last }
}

const openIn = (readings: ReadonlyMap<string, Reading>): number =>
  [...readings.values()].filter(({ isOpen }) => isOpen).length

const goesOn = (signal: AbortSignal): Promise<boolean> =>
  sleep(LOOK_MILLISECONDS, true, { signal }).catch(() => false)

async function read(readable: Readable, wanted: Wanted, follower: Follower): Promise<void> {
  const { source, task } = readable
  const { readings, merge, signal, onFull } = follower
  if (signal.aborted) return
  const told = readings.get(task.id)?.last ?? ''
  const reading = { last: told, isOpen: true }
  readings.set(task.id, reading)
  const begun = new Date().toISOString()
  let count = 0
  const onLine = (text: string, stream: LogLine['stream']) => {
    const line = parseLine(text, stream, source)
    // What is read again after an interruption is told once.
    if (line === undefined || line.time <= told) return
    reading.last = line.time
    if (++count === wanted.tail && line.time < begun) onFull?.(readable)
    merge.add(line)
  }
  await follow(logOfTask(task.id, { ...wanted, follow: true }), onLine, signal).catch(() => undefined)
  reading.isOpen = false
}
