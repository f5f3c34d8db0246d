import type { Counters, Sides } from './counters.ts'
import { evidenceOfWorse } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import { foreseen, passedOver } from './known-before.ts'
import { type Comparison, FEWEST_REQUESTS, type Limits, surelyFound } from './limits.ts'
import { type Expected, POWER_Z, requestsNeeded } from './requests-needed.ts'
import { sayChance, sayCount, sayPoints, sayShare } from './say-figures.ts'
import { partOf, totalsOf, type Window } from './window.ts'

/** Compares the shares of failed requests: more than by chance, and by more than the limit. */
export function compareErrors(window: Window, { maxErrors }: Limits): Comparison {
  const threshold = thresholdOf('errors', window.step)
  const compared = foreseen(window.intervals)
  const evidence = evidenceOfWorse(
    compared.map(({ interval: { canary, old }, before }) => {
      const { worse, old: usual } = expected(before, maxErrors)
      return { canary: failures(canary), old: failures(old), ratio: worse / usual }
    }),
    threshold,
  )
  const totals = totalsOf(window)
  const more = shareFailed(totals.canary) - shareFailed(totals.old)
  const isEnough = totals.canary.requests >= FEWEST_REQUESTS
  const isWorse = isEnough && evidence >= threshold && more > maxErrors
  return {
    needed: passedOver(window.intervals, compared) + needed(totals, maxErrors, threshold),
    ...(isWorse && { evidence: line(totals, maxErrors, evidence) }),
  }
}

/** Shares of failed requests, the worse one a point beyond the limit. */
function expected({ failed, requests }: Counters, maxErrors: number): Expected {
  // Nothing is known to never fail. Of few requests, one in 200 is expected to.
  const old = (failed + 0.5) / (requests + 100)
  return { old, worse: Math.min(1, old + maxErrors + surelyFound.errors) }
}

/** So many that a worse one has shown itself, and has been measured beyond the limit. */
function needed({ canary, old }: Sides<Counters>, maxErrors: number, threshold: number): number {
  const shares = expected(old, maxErrors)
  // Where nearly all fail, none can fail so much more often.
  if (shares.worse === 1) return FEWEST_REQUESTS
  const part = partOf({ canary, old })
  const variance = shares.worse * (1 - shares.worse) + (shares.old * (1 - shares.old) * part) / (1 - part)
  const measured = variance * (POWER_Z / surelyFound.errors) ** 2
  return Math.max(FEWEST_REQUESTS, measured, requestsNeeded({ ...shares, part, threshold }))
}

function line({ canary, old }: Sides<Counters>, maxErrors: number, evidence: number): string {
  const more = sayPoints(shareFailed(canary) - shareFailed(old))
  const measured = `errors ${told(canary)} against ${told(old)}: ${more} more, limit ${sayPoints(maxErrors)}`
  return `${measured}; ${sayChance(evidence)}`
}

const failures = ({ requests, failed }: Counters) => ({ count: failed, among: requests })

const shareFailed = ({ requests, failed }: Counters): number => (requests === 0 ? 0 : failed / requests)

const told = (side: Counters): string =>
  `${sayShare(shareFailed(side))} (${sayCount(side.failed)} of ${sayCount(side.requests)})`
