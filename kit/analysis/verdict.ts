import { compareErrors } from './compare-errors.ts'
import { compareFlaps, compareRestarts } from './compare-instances.ts'
import { compareLatency } from './compare-latency.ts'
import type { Comparison, Limits } from './limits.ts'
import { lateOf, type Stretch, wholeOf } from './stretches.ts'
import { totalsOf, type Window } from './window.ts'

/** As no interval proves much by itself, nothing is found in fewer, however many requests they have. */
const FEWEST_INTERVALS = 8

export type Verdict =
  /** A version that is well beyond a limit would have shown itself: the step may end. */
  | { readonly kind: 'content' }
  /** As far as is known, after so many more requests of the canary this will be decided. */
  | { readonly kind: 'waiting'; readonly requests: number }
  /** With a line for each way in which it is worse. */
  | { readonly kind: 'worse'; readonly evidence: readonly string[] }

/** Judges a step by all that is known of it. May be asked as often as one likes: see docs/decisions/031. */
export function judge(window: Window, limits: Limits): Verdict {
  const comparisons = compare(wholeOf(window), limits)
  const evidence = evidenceIn(comparisons)
  if (evidence.length > 0) return { kind: 'worse', evidence }
  for (const late of lateOf(window)) {
    const lately = evidenceIn(compare(late, limits)).map((line) => `lately ${line}`)
    if (lately.length > 0) return { kind: 'worse', evidence: lately }
  }
  const { requests: seen } = totalsOf(window).canary
  const pace = seen / Math.max(1, window.intervals.length)
  const needed = Math.max(pace * FEWEST_INTERVALS, ...comparisons.map((one) => one.needed))
  const requests = Math.ceil(needed - seen)
  return requests > 0 ? { kind: 'waiting', requests } : { kind: 'content' }
}

const compare = (stretch: Stretch, limits: Limits): readonly Comparison[] => [
  compareErrors(stretch, limits),
  compareLatency(stretch, limits),
  compareFlaps(stretch),
  compareRestarts(stretch),
]

const evidenceIn = (comparisons: readonly Comparison[]): string[] =>
  comparisons.flatMap((one) => one.evidence ?? [])
