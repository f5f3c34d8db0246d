import { type Interval, totalsOf } from './window.ts'

/** Twice as many as are kept at least: at one in five seconds, some three hours. */
const MOST_INTERVALS = 2000

/**
 * The intervals of a step, oldest first, however long it lasts. When there are too many, each two become one, and
 * from then on an interval holds twice as many looks: none is lost, and all count the same.
 */
export class Course {
  #intervals: Interval[] = []
  #looks = 1
  /** In the last interval. */
  #seen = 0

  get intervals(): readonly Interval[] {
    return this.#intervals
  }

  add(interval: Interval): void {
    const last = this.#intervals.at(-1)
    if (last !== undefined && this.#seen < this.#looks) {
      this.#intervals[this.#intervals.length - 1] = totalsOf({ intervals: [last, interval] })
      this.#seen += 1
      return
    }
    if (this.#intervals.length === MOST_INTERVALS) this.#halve()
    this.#intervals.push(interval)
    this.#seen = 1
  }

  #halve(): void {
    this.#intervals = this.#intervals.flatMap((interval, at) =>
      at % 2 === 0 ? totalsOf({ intervals: [interval, ...this.#intervals.slice(at + 1, at + 2)] }) : [],
    )
    this.#looks *= 2
  }
}
