/** What is expected of the old version and of a canary that must not go unseen. */
export interface Expected {
  /** Share of its requests with an incident. */
  readonly old: number
  readonly worse: number
}

/** How they are compared. */
export interface Design extends Expected {
  /** The canary's part of all requests, between 0 and 1. */
  readonly part: number
  /** The evidence that finds the canary worse. */
  readonly threshold: number
}

/** Of the normal distribution: 97 of 100 canaries that are so much worse are found with the requests needed. */
export const POWER_Z = 2

/**
 * After how many requests of the canary one that is `worse` has been found: the logarithm of the evidence grows with each
 * by a mean g with a variance v, so after n of them it is at least gn - z√(vn), which has to reach the threshold.
 */
export function requestsNeeded(design: Design): number {
  const { mean, variance } = growth(design)
  if (mean <= 0) return Number.POSITIVE_INFINITY
  const noise = POWER_Z * Math.sqrt(variance)
  return ((noise + Math.sqrt(noise ** 2 + 4 * mean * design.threshold)) / (2 * mean)) ** 2
}

interface Growth {
  readonly mean: number
  readonly variance: number
}

/** Incidents of both versions for each request of the canary, each taken as a Poisson number. */
function growth({ old, worse, part }: Design): Growth {
  const ratio = worse / old
  const others = (old * (1 - part)) / part
  const either = Math.log1p(part * (ratio - 1))
  const own = Math.log(ratio) - either
  return { mean: worse * own - others * either, variance: worse * own ** 2 + others * either ** 2 }
}
