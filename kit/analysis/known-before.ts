import { type Counters, noCounters, sumCounters } from './counters.ts'
import type { Interval } from './window.ts'

/** Before the old version has answered so many requests, it is not known well enough to say what a worse one does. */
const KNOWN_AFTER = 200

/** An interval, and what the old version had done before it. */
export interface Foreseen {
  readonly interval: Interval
  readonly before: Counters
}

/**
 * Intervals before which enough was known of the old version. What is looked for in an interval must not be decided by
 * the requests that are then counted, or evidence would grow between equal versions.
 */
export function foreseen(intervals: readonly Interval[]): Foreseen[] {
  let before: Counters = noCounters
  return intervals.flatMap((interval) => {
    const known = before
    before = sumCounters([before, interval.old])
    return known.requests < KNOWN_AFTER ? [] : [{ interval, before: known }]
  })
}

/** Requests of the canary in intervals that compare nothing. */
export const passedOver = (intervals: readonly Interval[], compared: readonly Foreseen[]): number =>
  requestsOf(intervals) - requestsOf(compared.map(({ interval }) => interval))

const requestsOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { canary }) => sum + canary.requests, 0)
