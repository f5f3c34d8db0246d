import type { Counters, Sides } from './counters.ts'
import { type Comparable, evidenceOfWorse, type Incidents } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import { type Foreseen, foreseen, isKnown, passedOver } from './known-before.ts'
import { latencyBounds } from './latency-bounds.ts'
import { type Comparison, FEWEST_REQUESTS, type Limits, surelyFound } from './limits.ts'
import { countOf, quantile, shareSlower } from './quantile.ts'
import { type Design, type Expected, requestsNeeded } from './requests-needed.ts'
import { sayChance, sayMilliseconds, sayShort } from './say-figures.ts'
import type { Stretch } from './stretches.ts'
import { comparedIn } from './window.ts'
import { mostOf, partOf, yardstick } from './yardstick.ts'

/** Where p95 lies at the edge of a gap nothing tells versions apart; more than this is not waited for. */
const MOST_REQUESTS = 20_000
/** So many times as many requests are slow at least, where those of a worse version are. */
const MORE_OFTEN = 1.6

/** Compares how many requests are slow: more than by chance, and with a p95 beyond the limit. */
export function compareLatency(stretch: Stretch, { maxP95 }: Limits): Comparison {
  const { earlier } = stretch
  // Nothing tells how slow is too slow. And beside no old version a slow minute may be one of the site.
  if (earlier && (stretch.isBrief || !isKnown(earlier))) return { needed: 0 }
  const threshold = thresholdOf('latency', stretch)
  const times = maxP95 + surelyFound.p95
  const compared = foreseen(stretch)
  const known = knowledge(stretch, times)
  const slow = compared.map((one) => slowRequests(one, known, earlier !== undefined))
  const evidence = evidenceOfWorse(slow, threshold)
  const totals = comparedIn(stretch)
  const [canary, old] = [p95Of(totals.canary), p95Of(totals.old)]
  const isEnough = countOf(totals.canary.latency) >= FEWEST_REQUESTS
  const isWorse = isEnough && evidence >= threshold && canary > maxP95 * old
  const design = { ...known(totals.old), part: partOf(totals, stretch), threshold }
  return {
    needed: passedOver(stretch.intervals, compared) + needed(design),
    ...(isWorse && { evidence: line({ canary, old }, maxP95, evidence + Math.log(stretch.part)) }),
  }
}

const p95Of = ({ latency }: Counters): number => quantile(latency, 0.95) ?? 0

function slowRequests({ interval, before }: Foreseen, known: Knowledge, isAlone: boolean): Comparable {
  const { bucket, old, worse } = known(before)
  const canary = slowIn(interval.canary, bucket)
  const beside = isAlone ? yardstick(old, canary.among) : slowIn(interval.old, bucket)
  return { canary, old: beside, ratio: worse / old }
}

const slowIn = ({ latency }: Counters, bucket: number): Incidents => ({
  count: countOf(latency.slice(bucket + 1)),
  among: countOf(latency),
})

/** A request is slow beyond this bucket: the last one that ends within so many times p95, or the first. */
function lastNotSlow(old: Counters, times: number): number {
  const limit = p95Of(old) * times
  return Math.max(
    0,
    latencyBounds.findLastIndex((bound) => bound <= limit),
  )
}

/** What is known of slow requests by what the old version has done. */
type Knowledge = (old: Counters) => Expected & { readonly bucket: number }

function knowledge({ earlier, step }: Stretch, times: number): Knowledge {
  const of: Knowledge = (old) => ({ ...expected(old, times), bucket: lastNotSlow(old, times) })
  if (earlier === undefined) return of
  const { bucket, worse } = of(earlier)
  // Without visitors the old version shows nothing more: it is taken to be as slow as it may be.
  const old = mostOf(slowIn(earlier, bucket), 'latency', step)
  const known = { bucket, old, worse: Math.min(1, Math.max(worse, MORE_OFTEN * old)) }
  return () => known
}

/** Shares of slow requests, the worse one of a version that takes so many times as long for everything. */
function expected(old: Counters, times: number): Expected {
  const bound = latencyBounds[lastNotSlow(old, times)] ?? 0
  // Of few requests, 2 % are expected to be slow, and 5 % in a worse version.
  const share = (milliseconds: number, expectedOf100: number) =>
    (shareSlower(old.latency, milliseconds) * old.requests + expectedOf100) / (old.requests + 100)
  const usual = share(bound, 2)
  // Where most requests take nearly the same time, all of them would be slow. Who looks for that overlooks a version
  // that is slow for a few: 5 % of its requests at least, as its p95 is beyond the bound.
  const few = Math.max(0.08, MORE_OFTEN * usual)
  return { old: usual, worse: Math.min(few, share(bound / times, 5)) }
}

/** So many that a worse one has shown itself. */
const needed = (design: Design): number =>
  Math.min(MOST_REQUESTS, Math.max(FEWEST_REQUESTS, requestsNeeded(design)))

function line({ canary, old }: Sides<number>, maxP95: number, evidence: number): string {
  const measured = `p95 ${sayMilliseconds(canary)} against ${sayMilliseconds(old)}`
  const times = `${sayShort(canary / old)} times as long, limit ${sayShort(maxP95)} times`
  return `${measured}: ${times}; ${sayChance(evidence)}`
}
