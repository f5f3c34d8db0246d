import { type Counters, noCounters, sumCounters } from '../../../kit/analysis/counters.ts'
import { type Limits, usualLimits } from '../../../kit/analysis/limits.ts'
import { judge } from '../../../kit/analysis/verdict.ts'
import type { Interval } from '../../../kit/analysis/window.ts'
import { binomial, multinomial, type Random } from './random.ts'

/** One version of a simulated site. */
export interface SimulatedVersion {
  readonly errors: number
  /** The chance of each bucket, in the interval that ends after so many seconds of the step. */
  chances(seconds: number): readonly number[]
  /** Draws how many of the requests fail in the interval that ends then; without it each fails by itself. */
  readonly failures?: (random: Random, requests: number, seconds: number) => number
}

export interface Site {
  /** Requests a second over both versions. */
  readonly traffic: number
  readonly canary: SimulatedVersion
  readonly old: SimulatedVersion
  readonly limits?: Limits
  readonly steps?: readonly number[]
  /** Seconds. */
  readonly hold?: number
  /** Seconds between two looks. */
  readonly every?: number
  /** A share that lasts so many seconds; from one of them on the canary may be another version. */
  readonly long?: Long
}

export interface Long {
  readonly share: number
  readonly seconds: number
  readonly turns?: { readonly after: number; readonly into: SimulatedVersion }
}

/** How a simulated canary ended, and when. */
export interface Outcome {
  readonly kind: 'passed' | 'worse'
  /** From 1. */
  readonly step: number
  /** Since that step began. */
  readonly seconds: number
  /** How long each step took. */
  readonly steps: readonly number[]
}

const USUAL_STEPS = [0.01, 0.05, 0.25, 0.5, 1]

/** Runs one canary: each step lasts its hold, and longer while its verdict is out. */
export function simulate(random: Random, site: Site): Outcome {
  const [shares, hold] = [site.steps ?? USUAL_STEPS, site.hold ?? 120]
  const times: number[] = []
  let earlier = noCounters
  for (const [at, share] of shares.entries()) {
    const { verdict, seconds, intervals } = runStep(random, site, { step: at + 1, share, hold, earlier })
    times.push(seconds)
    if (verdict === 'worse') return { kind: 'worse', step: at + 1, seconds, steps: times }
    earlier = sumCounters([earlier, ...intervals.map(({ old }) => old)])
  }
  return { kind: 'passed', step: shares.length, seconds: times.at(-1) ?? 0, steps: times }
}

interface Step {
  readonly step: number
  readonly share: number
  readonly hold: number
  readonly earlier: Counters
}

function runStep(random: Random, site: Site, { step, share, hold: usual, earlier }: Step) {
  const { every = 5, limits = usualLimits, long } = site
  const hold = long?.share === share ? long.seconds : usual
  const intervals: Interval[] = []
  for (let seconds = every; ; seconds += every) {
    intervals.push(draw(random, site, { share, seconds, every }))
    const verdict = judge({ step, intervals, ...(share === 1 && { earlier }) }, limits).kind
    if (verdict === 'worse' || (verdict === 'content' && seconds >= hold))
      return { verdict, seconds, intervals }
  }
}

function draw(
  random: Random,
  { traffic, canary: usual, old, long }: Site,
  { share, seconds, every }: { share: number; seconds: number; every: number },
): Interval {
  const all = Math.round(traffic * seconds) - Math.round(traffic * (seconds - every))
  const requests = binomial(random, all, share)
  const turns = long?.share === share ? long.turns : undefined
  const canary = turns && seconds > turns.after ? turns.into : usual
  const idle = { instances: 3, flaps: 0, restarts: 0 }
  return {
    canary: { ...serve(random, canary, { requests, seconds }), ...idle },
    old: { ...serve(random, old, { requests: all - requests, seconds }), ...idle },
  }
}

function serve(
  random: Random,
  { errors, chances, failures }: SimulatedVersion,
  { requests, seconds }: { requests: number; seconds: number },
): Counters {
  const failed = failures?.(random, requests, seconds) ?? binomial(random, requests, errors)
  return { requests, failed, latency: multinomial(random, requests, chances(seconds)) }
}
