import { setTimeout as wait } from 'node:timers/promises'
import { inviteOf, keptWhenDone, type QueueName, queueNames, queueOf, type Task } from './task.ts'
import type { ConsumableQueue, MakeAttempt, Step } from './task-queue.ts'

const pollMilliseconds = 5

interface Entry {
  readonly task: Task
  readonly addedAt: number
  attempts: number
}

interface Line {
  waiting: Entry[]
  readonly later: Map<Entry, NodeJS.Timeout>
  readonly active: Set<Entry>
  readonly dead: Set<Entry>
  /** Nothing is taken before this (ms since 1970). */
  closedUntil: number
  take: () => void
}

/** Goes on when the line is no longer closed; timers may be a little early. */
function reopen(line: Line): void {
  const left = line.closedUntil - Date.now()
  if (left <= 0) line.take()
  else setTimeout(reopen, left, line).unref()
}

const emptyLine = (): Line => ({
  waiting: [],
  later: new Map(),
  active: new Set(),
  dead: new Set(),
  closedUntil: 0,
  take: () => {},
})

/** A queue in this process, for a laptop without Redis and for tests: it ends with the process. */
export function memoryTaskQueue(): ConsumableQueue {
  const lines = Object.fromEntries(queueNames.map((name) => [name, emptyLine()])) as Record<QueueName, Line>
  const known = new Set<string>()
  const entriesOf = ({ waiting, later, dead }: Line): Entry[] => [...waiting, ...later.keys(), ...dead]

  const addLater = (line: Line, entry: Entry, milliseconds: number) => {
    const due = () => {
      line.later.delete(entry)
      line.waiting.push(entry)
      line.take()
    }
    line.later.set(entry, setTimeout(due, milliseconds).unref())
  }

  const pause = (line: Line, milliseconds: number) => {
    line.closedUntil = Math.max(line.closedUntil, Date.now() + milliseconds)
    reopen(line)
  }

  const settle = (line: Line, entry: Entry, step: Step) => {
    line.active.delete(entry)
    if (step.next === 'done' && !keptWhenDone(entry.task)) known.delete(entry.task.id)
    if (step.next === 'give up') line.dead.add(entry)
    if (step.next === 'retry') {
      entry.attempts += 1
      if (step.pause) pause(line, step.pause)
    }
    if (step.next === 'retry' || step.next === 'put off') addLater(line, entry, step.milliseconds)
    if (step.next === 'wait') {
      line.waiting.unshift(entry)
      pause(line, step.milliseconds)
    }
    line.take()
  }

  const start = (line: Line, work: MakeAttempt) => {
    const entry = line.waiting.shift()
    if (!entry) return
    line.active.add(entry)
    const { task, addedAt, attempts } = entry
    void work({ task, addedAt, triedSince: addedAt, attempt: attempts + 1 }).then((step) =>
      settle(line, entry, step),
    )
  }

  const remove = (line: Line, entry: Entry) => {
    clearTimeout(line.later.get(entry))
    line.later.delete(entry)
    line.dead.delete(entry)
    line.waiting = line.waiting.filter((other) => other !== entry)
    known.delete(entry.task.id)
  }

  return {
    async add(task, { delaySeconds = 0 } = {}) {
      if (known.has(task.id)) return
      known.add(task.id)
      const line = lines[queueOf[task.kind]]
      const entry = { task, addedAt: Date.now(), attempts: 0 }
      if (delaySeconds > 0) return addLater(line, entry, delaySeconds * 1000)
      line.waiting.push(entry)
      line.take()
    },
    async counts() {
      const counts = queueNames.map((name) => {
        const { waiting, active, later, dead } = lines[name]
        return [
          name,
          { waiting: waiting.length, active: active.size, retry: later.size, deadLetter: dead.size },
        ]
      })
      return Object.fromEntries(counts)
    },
    async forget(inviteId) {
      let removed = 0
      const isIts = ({ task }: Entry) => inviteOf(task) === inviteId
      // What is under way may add further tasks.
      while (Object.values(lines).some(({ active }) => [...active].some(isIts))) await wait(pollMilliseconds)
      for (const line of Object.values(lines)) {
        const its = entriesOf(line).filter(isIts)
        for (const entry of its) remove(line, entry)
        removed += its.length
      }
      return removed
    },
    consume(name, { concurrency }, work) {
      const line = lines[name]
      const isFree = () => line.active.size < concurrency && Date.now() >= line.closedUntil
      // Whoever adds a task goes on before it is begun, as with a queue elsewhere.
      line.take = () =>
        setImmediate(() => {
          while (line.waiting.length > 0 && isFree()) start(line, work)
        })
      line.take()
      return {
        async stop(milliseconds) {
          const end = Date.now() + milliseconds
          line.take = () => {}
          for (const timer of line.later.values()) clearTimeout(timer)
          while (line.active.size > 0 && Date.now() < end) await wait(pollMilliseconds)
        },
      }
    },
    state: () => 'unused',
    close: async () => {},
  }
}
