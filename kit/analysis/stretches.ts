import { type Counters, noCounters, sumCounters } from './counters.ts'
import { type Budget, stepParts } from './false-aborts.ts'
import type { Window } from './window.ts'

/** Intervals of a step that are judged by themselves. */
export interface Stretch extends Window, Budget {
  /** What the old version did in the step before them. */
  readonly before: Counters
  /** Whether it is too short to even out times in which everything is slow. */
  readonly isBrief: boolean
}

/** Intervals of a late stretch: at one in five seconds, 1, 5 and 25 minutes. */
const LENGTHS = [12, 60, 300]
/** Fewer of them may all be of a slow time. */
const EVENED_OUT = 24

/** All of a step. */
export const wholeOf = (window: Window): Stretch => ({
  ...window,
  part: stepParts.whole,
  before: noCounters,
  isBrief: false,
})

/**
 * The stretches that a step is in, one of each length: what begins late is hidden by the good hours before it. Each
 * begins at a multiple of its length and takes a part of its own, 1/2, 1/6, 1/12, … of what late ones may use: these
 * sum to 1, so a step may last for ever.
 */
export function lateOf(window: Window): Stretch[] {
  const { intervals } = window
  return LENGTHS.flatMap((length) => {
    const number = Math.floor((intervals.length - 1) / length)
    if (number < 1) return []
    const start = number * length
    return {
      ...window,
      part: stepParts.late / LENGTHS.length / (number * (number + 1)),
      intervals: intervals.slice(start),
      isBrief: intervals.length - start < EVENED_OUT,
      before: sumCounters(intervals.slice(0, start).map(({ old }) => old)),
    }
  })
}
