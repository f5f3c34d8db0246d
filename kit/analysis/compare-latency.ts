import type { Counters, Sides } from './counters.ts'
import { type Comparable, evidenceOfWorse } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import { type Foreseen, foreseen, passedOver } from './known-before.ts'
import { latencyBounds } from './latency-bounds.ts'
import { type Comparison, FEWEST_REQUESTS, type Limits, surelyFound } from './limits.ts'
import { countOf, quantile, shareSlower } from './quantile.ts'
import { type Expected, requestsNeeded } from './requests-needed.ts'
import { sayChance, sayMilliseconds, sayShort } from './say-figures.ts'
import { partOf, totalsOf, type Window } from './window.ts'

/** Where p95 lies at the edge of a gap nothing tells versions apart; more than this is not waited for. */
const MOST_REQUESTS = 20_000

/** Compares how many requests are slow: more than by chance, and with a p95 beyond the limit. */
export function compareLatency(window: Window, { maxP95 }: Limits): Comparison {
  const threshold = thresholdOf('latency', window.step)
  const times = maxP95 + surelyFound.p95
  const compared = foreseen(window.intervals)
  const evidence = evidenceOfWorse(
    compared.map((one) => slowRequests(one, times)),
    threshold,
  )
  const totals = totalsOf(window)
  const [canary, old] = [p95Of(totals.canary), p95Of(totals.old)]
  const isEnough = countOf(totals.canary.latency) >= FEWEST_REQUESTS
  const isWorse = isEnough && evidence >= threshold && canary > maxP95 * old
  return {
    needed: passedOver(window.intervals, compared) + needed(totals, times, threshold),
    ...(isWorse && { evidence: line({ canary, old }, maxP95, evidence) }),
  }
}

const p95Of = ({ latency }: Counters): number => quantile(latency, 0.95) ?? 0

function slowRequests({ interval, before }: Foreseen, times: number): Comparable {
  const bucket = lastNotSlow(before, times)
  const slow = ({ latency }: Counters) => ({
    count: countOf(latency.slice(bucket + 1)),
    among: countOf(latency),
  })
  const { old, worse } = expected(before, times)
  return { canary: slow(interval.canary), old: slow(interval.old), ratio: worse / old }
}

/** A request is slow beyond this bucket: the last one that ends within so many times p95, or the first. */
function lastNotSlow(old: Counters, times: number): number {
  const limit = p95Of(old) * times
  return Math.max(
    0,
    latencyBounds.findLastIndex((bound) => bound <= limit),
  )
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
  const few = Math.max(0.08, 1.6 * usual)
  return { old: usual, worse: Math.min(few, share(bound / times, 5)) }
}

/** So many that a worse one has shown itself. */
const needed = ({ canary, old }: Sides<Counters>, times: number, threshold: number): number =>
  Math.min(
    MOST_REQUESTS,
    Math.max(
      FEWEST_REQUESTS,
      requestsNeeded({ ...expected(old, times), part: partOf({ canary, old }), threshold }),
    ),
  )

function line({ canary, old }: Sides<number>, maxP95: number, evidence: number): string {
  const measured = `p95 ${sayMilliseconds(canary)} against ${sayMilliseconds(old)}`
  const times = `${sayShort(canary / old)} times as long, limit ${sayShort(maxP95)} times`
  return `${measured}: ${times}; ${sayChance(evidence)}`
}
