import { type Counters, noCounters } from '../../../kit/analysis/counters.ts'
import { bucketOf } from '../../../kit/analysis/latency-bounds.ts'
import type { Activity, Interval } from '../../../kit/analysis/window.ts'

/** Counters of requests that took so many milliseconds each, of which the first few failed. */
export function countersOf(milliseconds: readonly number[], failed = 0): Counters {
  const latency = [...noCounters.latency]
  for (const one of milliseconds) latency[bucketOf(one)] = (latency[bucketOf(one)] ?? 0) + 1
  return { requests: milliseconds.length, failed, latency }
}

/** So many requests of 50 ms in three instances. */
export const activity = (requests: number, failed: number, over: Partial<Activity> = {}): Activity => ({
  ...countersOf(new Array(requests).fill(50), failed),
  instances: 3,
  flaps: 0,
  restarts: 0,
  ...over,
})

/** The same interval so many times. */
export const repeated = (count: number, canary: Activity, old: Activity): Interval[] =>
  Array.from({ length: count }, () => ({ canary, old }))
