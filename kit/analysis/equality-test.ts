import type { Sides } from './counters.ts'

/** What happened to one version in one interval, and among how many requests or instances. */
export interface Incidents {
  readonly count: number
  readonly among: number
}

/** Incidents of both versions in one interval. */
export interface Comparable extends Sides<Incidents> {
  /** How many times as often a worse version would have them, by what was known before the interval. */
  readonly ratio: number
}

/** A burst is no proof: no interval counts for more than this part of what is needed. */
const INTERVAL_PART = 1 / 3

/**
 * How much more likely the incidents are with a worse canary than with equal versions, as a natural logarithm. Between
 * equal versions each incident is the canary's with a chance of its part p of the requests of that interval. So the
 * product over incidents of r/(1-p+pr) for the canary's and 1/(1-p+pr) for others is a supermartingale for whatever
 * ratios r are chosen beforehand (Hoeffding 1963, theorem 4: drawing without replacement makes it no larger). It ever
 * reaches x, whenever and however often one looks, with a probability of at most 1/x (Ville 1939). To count less of what
 * speaks for a worse canary makes it smaller only.
 */
export function evidenceOfWorse(intervals: readonly Comparable[], threshold: number): number {
  const most = threshold * INTERVAL_PART
  return intervals.reduce((sum, one) => sum + Math.min(most, logLikelihoodRatio(one)), 0)
}

function logLikelihoodRatio({ canary, old, ratio }: Comparable): number {
  // An interval in which one version had nothing compares nothing.
  if (canary.among === 0 || old.among === 0) return 0
  const part = canary.among / (canary.among + old.among)
  return canary.count * Math.log(ratio) - (canary.count + old.count) * Math.log1p(part * (ratio - 1))
}
