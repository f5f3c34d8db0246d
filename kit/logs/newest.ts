import { inOrderOfTime, type LogLine, sizeOf } from './line.ts'

interface Held {
  readonly time: string
  readonly size: number
  readonly line: LogLine
}

// To look for the oldest after each line would take longer than to read it.
const SLACK = 1.25

/** The newest lines of several logs, as many as fit into so many bytes. */
export class Newest {
  readonly #bytes: number
  #held: Held[] = []
  #size = 0
  #leftOut = ''

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  add(line: LogLine): void {
    const isBounded = Number.isFinite(this.#bytes)
    const size = isBounded ? sizeOf(line) : 0
    this.#held.push({ time: line.time, size, line: isBounded ? alone(line) : line })
    this.#size += size
    if (this.#size > this.#bytes * SLACK) this.#dropOldest()
  }

  /** Forgets the lines of a task, which is read again. */
  forget(task: string): void {
    this.#held = this.#held.filter(({ line }) => line.task !== task)
    this.#size = this.#held.reduce((sum, { size }) => sum + size, 0)
  }

  /** Of the lines that are held, as JSON. */
  get size(): number {
    return this.#size
  }

  /** The lines in the order of time, and the time until which some are left out; empty where none is. */
  taken(): { readonly lines: readonly LogLine[]; readonly leftOut: string } {
    this.#dropOldest()
    return { lines: inOrderOfTime(this.#held).map(({ line }) => line), leftOut: this.#leftOut }
  }

  #dropOldest(): void {
    if (this.#size <= this.#bytes) return
    const held = inOrderOfTime(this.#held)
    let dropped = 0
    for (const { time, size } of held) {
      if (this.#size <= this.#bytes) break
      dropped++
      this.#size -= size
      if (time > this.#leftOut) this.#leftOut = time
    }
    this.#held = held.slice(dropped)
  }
}

/** A part of a text keeps all of it in memory, here 64 kB that were read at once. */
const alone = (line: LogLine): LogLine => ({ ...line, time: copy(line.time), text: copy(line.text) })

const copy = (text: string): string => Buffer.from(text).toString()
