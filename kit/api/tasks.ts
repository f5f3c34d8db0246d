import { randomUUID } from 'node:crypto'
import type { Done } from '../cli/as-json.ts'
import type { Hearing } from './perform.ts'
import { busy, type Problem, problemOf } from './problem.ts'

/** A line of a change, as the command would print it. */
export interface TaskLine {
  readonly to: 'output' | 'errors'
  readonly text: string
}

/** A change that goes on after its request was answered. */
export interface Task {
  readonly id: string
  /** As it would be typed. */
  readonly command: string
  readonly who: string
  /** ISO 8601, as `ended`. */
  readonly begun: string
  readonly ended?: string
  readonly state: 'running' | 'done' | 'failed'
  readonly result: Done
  readonly problem?: Problem
}

interface Kept {
  task: Task
  lines: TaskLine[]
  /** Lines that were dropped, of the first. */
  dropped: number
}

const MOST_RUNNING = 10
const MOST_KEPT = 50
const MOST_LINES = 1000

/** What runs a change, and what has to be done around it. */
export interface Work {
  readonly command: string
  readonly who: string
  readonly request: string
  /** Before it does anything. */
  readonly begun: (id: string) => Promise<void>
  readonly run: (hearing: Hearing) => Promise<unknown>
  /** Before anybody hears of its outcome: what it threw, if anything. */
  readonly over: (id: string, error: unknown) => Promise<void>
}

/** What some work throws; undefined where it is done. */
export const thrownBy = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  )

/** The changes under way and the last ones that ended, in memory: a control that is replaced forgets them. */
export class Tasks {
  readonly #now: () => Date
  readonly #kept = new Map<string, Kept>()
  readonly #running = new Set<Promise<void>>()

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Begins one; with an ApiProblem where too many are under way. */
  begin(work: Work): Task {
    if (this.#running.size >= MOST_RUNNING) throw busy()
    const { command, who } = work
    const begun = this.#now().toISOString()
    const kept: Kept = {
      task: { id: randomUUID(), command, who, begun, state: 'running', result: {} },
      lines: [],
      dropped: 0,
    }
    this.#kept.set(kept.task.id, kept)
    this.#forget()
    const running = this.#run(kept, work).finally(() => this.#running.delete(running))
    this.#running.add(running)
    return kept.task
  }

  /** Newest first. */
  list(): Task[] {
    return [...this.#kept.values()].map(({ task }) => task).reverse()
  }

  /** A task with its lines from a number on, which count from 0, and the number of the next one. */
  find(id: string, from: number) {
    const kept = this.#kept.get(id)
    if (kept === undefined) return undefined
    const { task, lines, dropped } = kept
    return { ...task, lines: lines.slice(Math.max(0, from - dropped)), next: dropped + lines.length }
  }

  /** When none is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#running)
  }

  async #run(kept: Kept, work: Work): Promise<void> {
    const tell = (to: TaskLine['to']) => (text: string) => add(kept, to, text)
    const { id } = kept.task
    const hearing: Hearing = {
      who: work.who,
      say: tell('output'),
      complain: tell('errors'),
      done: (part) => {
        kept.task = { ...kept.task, result: { ...kept.task.result, ...part } }
      },
    }
    await work.begun(id)
    const error = await thrownBy(() => work.run(hearing))
    await work.over(id, error)
    kept.task = {
      ...kept.task,
      state: error === undefined ? 'done' : 'failed',
      ended: this.#now().toISOString(),
      ...(error !== undefined && { problem: problemOf(error, work.request) }),
    }
  }

  #forget(): void {
    const ended = [...this.#kept].filter(([, { task }]) => task.state !== 'running')
    for (const [id] of ended.slice(0, Math.max(0, this.#kept.size - MOST_KEPT))) this.#kept.delete(id)
  }
}

function add(kept: Kept, to: TaskLine['to'], text: string): void {
  kept.lines.push(
    ...text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => ({ to, text: line })),
  )
  kept.dropped += kept.lines.splice(0, Math.max(0, kept.lines.length - MOST_LINES)).length
}
