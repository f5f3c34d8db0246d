/** By how much a canary may be worse than the old version. */
export interface Limits {
  /** Difference between the shares of failed requests: 0.01 is one point. */
  readonly maxErrors: number
  /** How many times as long p95 may be: 1.2. */
  readonly maxP95: number
}

export const usualLimits: Limits = { maxErrors: 0.01, maxP95: 1.2 }

/** What is so much worse than the limit must not go unseen: a step is held until it would have been found. */
export const surelyFound = { errors: 0.01, p95: 0.3 } as const

/** Before so many requests of the canary they decide nothing, whatever became of them. */
export const FEWEST_REQUESTS = 30

/** What one comparison says. */
export interface Comparison {
  /** Why the canary is worse, as a line for the operator. */
  readonly evidence?: string
  /** Requests of the canary before its silence means something. */
  readonly needed: number
}
