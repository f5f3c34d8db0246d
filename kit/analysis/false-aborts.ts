/** Of canaries whose version is as good as the old one, at most this share is found worse, over all steps. */
const falseAborts = 0.01

/** How much of it each comparison may use. */
const parts = { errors: 0.4, latency: 0.4, flaps: 0.1, restarts: 0.1 } as const

/** How much of what a step has is used on all of it, on its later stretches, and on what is taken of the old version. */
export const stepParts = { whole: 0.8, late: 0.1, bound: 0.1 } as const

export type Measure = keyof typeof parts

/** A step, from 1, and how much of what it may use a test in it does. */
export interface Budget {
  readonly step: number
  readonly part: number
}

/**
 * The evidence at which a comparison finds the canary worse. Each step takes half of what the ones before left, so the
 * sum of the probabilities stays below `falseAborts` with any number of steps.
 */
export const thresholdOf = (measure: Measure, { step, part }: Budget): number =>
  -Math.log((falseAborts * parts[measure] * part) / 2 ** step)
