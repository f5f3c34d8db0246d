import { inOrderOfTime, type LogLine } from './line.ts'

// Lines that were written at one time on several nodes arrive within this time.
const HOLD_MILLISECONDS = 400

interface Held {
  readonly line: LogLine
  readonly arrived: number
}

/** Holds back lines for a moment, so that those of several nodes come out in the order of time. */
export class Merge {
  readonly #onLine: (line: LogLine) => void
  #held: Held[] = []

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine
  }

  add(line: LogLine, now = performance.now()): void {
    this.#held.push({ line, arrived: now })
  }

  /** Hands on what was held long enough, and all that is older. */
  settle(now = performance.now()): void {
    const ripe = this.#held.filter(({ arrived }) => now - arrived >= HOLD_MILLISECONDS)
    const newest = inOrderOfTime(ripe.map(({ line }) => line)).at(-1)?.time ?? ''
    this.#handOn(({ line }) => line.time <= newest)
  }

  /** Hands on everything. */
  flush(): void {
    this.#handOn(() => true)
  }

  #handOn(isDue: (held: Held) => boolean): void {
    const due = this.#held.filter(isDue)
    this.#held = this.#held.filter((held) => !isDue(held))
    for (const line of inOrderOfTime(due.map(({ line }) => line))) this.#onLine(line)
  }
}
