import { bucketCount, latencyBounds } from '../../../kit/analysis/latency-bounds.ts'

/** Log-normal: half of the requests take less than `median` milliseconds; `spread` is of the logarithm. */
interface Component {
  readonly weight: number
  readonly median: number
  readonly spread: number
}

/** A mix of log-normal parts. */
export type LatencyModel = readonly Component[]

const lognormal: LatencyModel = [{ weight: 1, median: 40, spread: 0.8 }]

const heavyTail: LatencyModel = [
  { weight: 0.9, median: 30, spread: 0.5 },
  { weight: 0.1, median: 200, spread: 1.2 },
]

/** Pages from memory, and those that are made. */
const hitsAndMisses: LatencyModel = [
  { weight: 0.85, median: 2, spread: 0.4 },
  { weight: 0.15, median: 80, spread: 0.5 },
]

export const latencyModels = { lognormal, heavyTail, hitsAndMisses } as const

export type ModelName = keyof typeof latencyModels

/** Everything takes so many times as long. */
export const slowed = (model: LatencyModel, times: number): LatencyModel =>
  model.map((part) => ({ ...part, median: part.median * times }))

/** p95 is so many times as long, but half of all requests take as long as before, or nearly. */
export function slowedTail(model: LatencyModel, times: number): LatencyModel {
  const target = p95Of(model) * times
  const stretched = (by: number): LatencyModel =>
    model.length === 1
      ? model.map((part) => ({ ...part, spread: part.spread * by }))
      : model.map((part, at) => (at === 0 ? part : { ...part, median: part.median * by }))
  return stretched(bisect((by) => p95Of(stretched(by)) > target, 1, 50))
}

/** Exact, in milliseconds. */
export const p95Of = (model: LatencyModel): number =>
  bisect((milliseconds) => shareWithin(model, milliseconds) > 0.95, 0, 1e6)

/** The chance of each bucket of `latencyBounds`. */
export function bucketChances(model: LatencyModel): number[] {
  const within = latencyBounds.map((bound) => shareWithin(model, bound))
  return Array.from({ length: bucketCount }, (_, at) => (within[at] ?? 1) - (within[at - 1] ?? 0))
}

const shareWithin = (model: LatencyModel, milliseconds: number): number =>
  model.reduce(
    (sum, { weight, median, spread }) =>
      sum + weight * normalWithin(Math.log(milliseconds / median) / spread),
    0,
  )

/** Normal distribution function (Abramowitz and Stegun 1964, 26.2.17; error below 1e-7). */
function normalWithin(z: number): number {
  if (z < 0) return 1 - normalWithin(-z)
  const t = 1 / (1 + 0.2316419 * z)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}

/** The least value between two that is above the mark. */
function bisect(isAbove: (value: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2
    if (isAbove(middle)) high = middle
    else low = middle
  }
  return high
}
