import type { Counters, Sides } from './counters.ts'
import type { Incidents } from './equality-test.ts'
import { type Measure, stepParts, thresholdOf } from './false-aborts.ts'
import type { Stretch } from './stretches.ts'

/** An old version that answered so many times as much as the canary has no chance in it. */
const MANY = 1e6

/** The other side of an interval whose visitors all have the canary: a share that is taken to be certain. */
export const yardstick = (share: number, among: number): Incidents => ({
  count: share * among * MANY,
  among: among * MANY,
})

/** The canary's part of what is compared. Never 0 or 1: after few requests it is taken to be near one half. */
export const partOf = ({ canary, old }: Sides<Counters>, { earlier }: Stretch): number =>
  earlier ? 1 / (1 + MANY) : (canary.requests + 1) / (canary.requests + old.requests + 2)

/**
 * The share that an old version with these incidents has at most, but for the chance that the step keeps for that: so
 * few of a greater share are no likelier (Chernoff 1952, for Poisson numbers, and so for shares).
 */
export function mostOf({ count, among }: Incidents, measure: Measure, step: number): number {
  const evidence = thresholdOf(measure, { step, part: stepParts.bound })
  const isTooFew = (mean: number) => mean - count - (count && count * Math.log(mean / count)) > evidence
  let [low, high] = [count, count + evidence + Math.sqrt(evidence ** 2 + 2 * count * evidence)]
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2
    if (isTooFew(middle)) high = middle
    else low = middle
  }
  return Math.min(1, high / among)
}
