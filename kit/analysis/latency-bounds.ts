/**
 * Upper bounds of the latency buckets in milliseconds, each belonging to its bucket, ten a decade (Renard series R10).
 * They are whole, as a balancer's clock of a request is; what is slower than the last is in one bucket more.
 */
export const latencyBounds: readonly number[] = [
  ...new Set(Array.from({ length: 41 }, (_, tenth) => Math.round(10 ** (tenth / 10)))),
]

/** How many counters a histogram has. */
export const bucketCount = latencyBounds.length + 1

/** The bucket of a latency in milliseconds. */
export function bucketOf(milliseconds: number): number {
  const found = latencyBounds.findIndex((bound) => milliseconds <= bound)
  return found === -1 ? latencyBounds.length : found
}

/** Bounds of a bucket in milliseconds; the last one has no end, so its start stands for it. */
export function boundsOf(bucket: number): readonly [number, number] {
  const last = latencyBounds.at(-1) ?? 0
  return [latencyBounds[bucket - 1] ?? 0, latencyBounds[bucket] ?? last]
}
