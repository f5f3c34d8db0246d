import { setTimeout as sleep } from 'node:timers/promises'
import { follow } from '../docker.ts'
import { logOfTask } from '../swarm/commands.ts'
import { isOver } from '../swarm/tasks.ts'
import { type LogLine, parseLine, type Readable } from './line.ts'
import { Merge } from './merge.ts'
import type { Wanted } from './read-logs.ts'

const LOOK_MILLISECONDS = 2000
const SETTLE_MILLISECONDS = 100

/** How far the log of a task is read. */
interface Reading {
  last: string
  isOpen: boolean
}

/** Hands on lines as they are written, those of instances that start later too, until the signal. */
export async function followLogs(
  find: () => Promise<readonly Readable[]>,
  wanted: Wanted,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const merge = new Merge(onLine)
  const settling = setInterval(() => merge.settle(), SETTLE_MILLISECONDS)
  try {
    const readings = new Map<string, Reading>()
    const begin = (task: Readable, more: Wanted) => void read(task, more, readings, merge, signal)
    const old = new Set<string>()
    for (const task of await find()) {
      old.add(task.task.id)
      if (!isOver(task.task)) begin(task, wanted)
    }
    while (await goesOn(signal)) {
      // A manager that changes its leader answers again a moment later.
      for (const task of await find().catch(() => [])) {
        const { id } = task.task
        const reading = readings.get(id)
        if (reading === undefined && !old.has(id)) begin(task, {})
        else if (reading?.isOpen === false && !isOver(task.task))
          begin(task, reading.last === '' ? {} : { since: reading.last })
      }
    }
  } finally {
    clearInterval(settling)
    merge.flush()
  }
}

const goesOn = (signal: AbortSignal): Promise<boolean> =>
  sleep(LOOK_MILLISECONDS, true, { signal }).catch(() => false)

async function read(
  { source, task }: Readable,
  wanted: Wanted,
  readings: Map<string, Reading>,
  merge: Merge,
  signal: AbortSignal,
): Promise<void> {
  const told = readings.get(task.id)?.last ?? ''
  const reading = { last: told, isOpen: true }
  readings.set(task.id, reading)
  const onLine = (text: string, stream: LogLine['stream']) => {
    const line = parseLine(text, stream, source)
    // What is read again after an interruption is told once.
    if (line === undefined || line.time <= told) return
    reading.last = line.time
    merge.add(line)
  }
  await follow(logOfTask(task.id, { ...wanted, follow: true }), onLine, signal).catch(() => undefined)
  reading.isOpen = false
}
