import { inOrderOfTime, type LogLine, sizeOf } from './line.ts'

// Lines that were written at one time on several nodes arrive within this time.
const HOLD_MILLISECONDS = 400

interface Held {
  readonly line: LogLine
  readonly size: number
  readonly arrived: number
}

/** Holds back lines for a moment, so that those of several nodes come out in the order of time. */
export class Merge {
  readonly #onLine: (line: LogLine) => void
  readonly #bytes: number
  #held: Held[] = []
  #size = 0

  /** Holds no more than so many bytes of lines as JSON; more of them come out at once. */
  constructor(onLine: (line: LogLine) => void, bytes = Number.POSITIVE_INFINITY) {
    this.#onLine = onLine
    this.#bytes = bytes
  }

  add(line: LogLine, now = performance.now()): void {
    const size = Number.isFinite(this.#bytes) ? sizeOf(line) : 0
    this.#held.push({ line, size, arrived: now })
    this.#size += size
    if (this.#size > this.#bytes) this.flush()
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
    this.#size = this.#held.reduce((sum, { size }) => sum + size, 0)
    for (const line of inOrderOfTime(due.map(({ line }) => line))) this.#onLine(line)
  }
}
