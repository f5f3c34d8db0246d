import { type Counters, type Sides, sumCounters } from './counters.ts'

/** One version in one interval. */
export interface Activity extends Counters {
  /** How many instances it had at the end. */
  readonly instances: number
  /** How often an instance that was ready ceased to be. */
  readonly flaps: number
  readonly restarts: number
}

/** What lies between two readings. */
export type Interval = Sides<Activity>

/** A step of a canary as far as it is known. */
export interface Window {
  /** From 1. */
  readonly step: number
  /** Oldest first; all have the same share of visitors for the canary. */
  readonly intervals: readonly Interval[]
}

/** What each version did in the whole window. */
export function totalsOf({ intervals }: Pick<Window, 'intervals'>): Sides<Activity> {
  return {
    canary: total(intervals.map(({ canary }) => canary)),
    old: total(intervals.map(({ old }) => old)),
  }
}

/** The canary's part of all requests. Never 0 or 1: after few requests it is taken to be near one half. */
export const partOf = ({ canary, old }: Sides<Counters>): number =>
  (canary.requests + 1) / (canary.requests + old.requests + 2)

/**
 * Intervals of a step without visitors for the old version, each beside what the old one did in an interval of an
 * earlier step. Those for which there is none are left out: an interval that is used twice would count twice.
 */
export function besideEarlier(intervals: readonly Interval[], earlier: readonly Interval[]): Interval[] {
  return intervals.flatMap(({ canary }, at) => {
    const old = earlier[at]?.old
    return old === undefined ? [] : [{ canary, old }]
  })
}

function total(all: readonly Activity[]): Activity {
  return {
    ...sumCounters(all),
    instances: all.at(-1)?.instances ?? 0,
    flaps: all.reduce((sum, { flaps }) => sum + flaps, 0),
    restarts: all.reduce((sum, { restarts }) => sum + restarts, 0),
  }
}
