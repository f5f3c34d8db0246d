import { type Counters, noCounters, type Sides } from './counters.ts'
import { evidenceOfWorse } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import { foreseen, isKnown, passedOver } from './known-before.ts'
import { type Comparison, FEWEST_REQUESTS, type Limits, surelyFound } from './limits.ts'
import { type Design, type Expected, POWER_Z, requestsNeeded } from './requests-needed.ts'
import { sayChance, sayCount, sayPoints, sayShare } from './say-figures.ts'
import type { Stretch } from './stretches.ts'
import { comparedIn } from './window.ts'
import { mostOf, partOf, yardstick } from './yardstick.ts'

/** Compares the shares of failed requests: more than by chance, and by more than the limit. */
export function compareErrors(stretch: Stretch, { maxErrors }: Limits): Comparison {
  const threshold = thresholdOf('errors', stretch)
  const expectedOf = expectation(stretch, maxErrors)
  const compared = foreseen(stretch)
  const evidence = evidenceOfWorse(
    compared.map(({ interval: { canary, old }, before }) => {
      const { worse, old: usual } = expectedOf(before)
      const beside = stretch.earlier ? yardstick(usual, canary.requests) : failures(old)
      return { canary: failures(canary), old: beside, ratio: worse / usual }
    }),
    threshold,
  )
  const totals = comparedIn(stretch)
  const more = shareFailed(totals.canary) - shareFailed(totals.old)
  const isEnough = totals.canary.requests >= FEWEST_REQUESTS
  const isWorse = isEnough && evidence >= threshold && more > maxErrors
  const design = { ...expectedOf(totals.old), part: partOf(totals, stretch), threshold }
  return {
    needed: passedOver(stretch.intervals, compared) + needed(design),
    ...(isWorse && { evidence: line(totals, maxErrors, evidence + Math.log(stretch.part)) }),
  }
}

/** What is expected of both versions by what the old one has done. */
function expectation({ earlier, step }: Stretch, maxErrors: number): (old: Counters) => Expected {
  if (earlier === undefined) return (old) => expected(old, maxErrors)
  const { old: usual, worse } = expected(isKnown(earlier) ? earlier : noCounters, maxErrors)
  // Of an old version that is not known nothing but the limit is certain.
  const old = isKnown(earlier) ? mostOf(failures(earlier), 'errors', step) : usual + maxErrors
  // The less is known, the further beyond: else a step would have no end.
  const further = old + Math.max(surelyFound.errors, old - usual)
  const shares = { old, worse: Math.min(1, Math.max(worse, further)) }
  return () => shares
}

/** Shares of failed requests, the worse one a point beyond the limit. */
function expected({ failed, requests }: Counters, maxErrors: number): Expected {
  // Nothing is known to never fail. Of few requests, one in 200 is expected to.
  const old = (failed + 0.5) / (requests + 100)
  return { old, worse: Math.min(1, old + maxErrors + surelyFound.errors) }
}

/** So many that a worse one has shown itself, and has been measured beyond the limit. */
function needed(design: Design): number {
  const { old, worse, part } = design
  // Where nearly all fail, none can fail so much more often.
  if (worse === 1) return FEWEST_REQUESTS
  const variance = worse * (1 - worse) + (old * (1 - old) * part) / (1 - part)
  const measured = variance * (POWER_Z / surelyFound.errors) ** 2
  return Math.max(FEWEST_REQUESTS, measured, requestsNeeded(design))
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
