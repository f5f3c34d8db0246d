/** Of canaries whose version is as good as the old one, at most this share is found worse, over all steps. */
const falseAborts = 0.01

/** How much of it each comparison may use. */
const parts = { errors: 0.4, latency: 0.4, flaps: 0.1, restarts: 0.1 } as const

export type Measure = keyof typeof parts

/**
 * The evidence at which a comparison finds the canary worse, in a step from 1. Each step takes half of what the ones
 * before left, so the sum of the probabilities stays below `falseAborts` with any number of steps.
 */
export const thresholdOf = (measure: Measure, step: number): number =>
  -Math.log((falseAborts * parts[measure]) / 2 ** step)
