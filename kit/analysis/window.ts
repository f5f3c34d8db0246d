import { type Counters, type Sides, sumCounters } from './counters.ts'

/** One version in one interval. */
export interface Activity extends Counters {
  /** How many instances it is to have, whether they run or not. */
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
  /** What the old version did before it lost its visitors; only where all have the canary. */
  readonly earlier?: Counters
}

/** What each version did in the whole window. */
export function totalsOf({ intervals }: Pick<Window, 'intervals'>): Sides<Activity> {
  return {
    canary: total(intervals.map(({ canary }) => canary)),
    old: total(intervals.map(({ old }) => old)),
  }
}

/** The requests that are compared. */
export function comparedIn(window: Pick<Window, 'intervals' | 'earlier'>): Sides<Counters> {
  const { canary, old } = totalsOf(window)
  return { canary, old: window.earlier ?? old }
}

function total(all: readonly Activity[]): Activity {
  return {
    ...sumCounters(all),
    instances: all.at(-1)?.instances ?? 0,
    flaps: all.reduce((sum, { flaps }) => sum + flaps, 0),
    restarts: all.reduce((sum, { restarts }) => sum + restarts, 0),
  }
}
