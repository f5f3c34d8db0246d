import type { ControlError } from './control-error.ts'

/** Between two readings, the time of the first included. */
export const pollMilliseconds = 2000

const faultyMilliseconds = 3000
const longestMilliseconds = 30_000
const slower = 2
const faster = 0.9

/** How long to wait from one reading to the next. Whoever is asked too often is asked more seldom for a while. */
export class Pace {
  #milliseconds = pollMilliseconds

  /** The wait after a reading, by how it ended. */
  after(fault: ControlError | undefined): number {
    const wanted = (fault?.retryAfterSeconds ?? 0) * 1000
    if (fault && fault.code !== 'tooMany') return Math.min(wanted || faultyMilliseconds, longestMilliseconds)
    // Other instances have the same token, and none knows how many look there.
    this.#milliseconds = fault
      ? Math.min(Math.max(this.#milliseconds * slower, wanted), longestMilliseconds)
      : Math.max(this.#milliseconds * faster, pollMilliseconds)
    return this.#milliseconds
  }
}
