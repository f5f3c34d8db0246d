import { addCounters, type Counters } from './counters.ts'
import type { Stretch } from './stretches.ts'
import type { Interval } from './window.ts'

/** Before the old version has answered so many requests, it is not known well enough to say what a worse one does. */
const KNOWN_AFTER = 200

/** Whether that is enough to compare with. */
export const isKnown = ({ requests }: Counters): boolean => requests >= KNOWN_AFTER

/** An interval, and what the old version had done before it. */
export interface Foreseen {
  readonly interval: Interval
  readonly before: Counters
}

/**
 * Intervals before which enough was known of the old version. What is looked for in an interval must not be decided by
 * the requests that are then counted, or evidence would grow between equal versions.
 */
export function foreseen({ intervals, before, earlier }: Stretch): Foreseen[] {
  if (earlier) return intervals.map((interval) => ({ interval, before: earlier }))
  let sum = before
  return intervals.flatMap((interval) => {
    const known = sum
    sum = addCounters(sum, interval.old)
    return isKnown(known) ? [{ interval, before: known }] : []
  })
}

/** Requests of the canary in intervals that compare nothing. */
export const passedOver = (intervals: readonly Interval[], compared: readonly Foreseen[]): number =>
  requestsOf(intervals) - requestsOf(compared.map(({ interval }) => interval))

const requestsOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { canary }) => sum + canary.requests, 0)
