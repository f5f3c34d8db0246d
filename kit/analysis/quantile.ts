import { boundsOf, latencyBounds } from './latency-bounds.ts'

/** How many requests a histogram holds. */
export const countOf = (latency: readonly number[]): number => latency.reduce((sum, count) => sum + count, 0)

/**
 * The latency in milliseconds that a share of requests does not exceed: 0.95 for p95. Within a bucket they are taken to
 * be spread evenly by the logarithm. Undefined without requests; of what is beyond the last bound, that bound.
 */
export function quantile(latency: readonly number[], share: number): number | undefined {
  const rank = share * countOf(latency)
  if (rank === 0) return undefined
  let below = 0
  for (const [bucket, count] of latency.entries()) {
    if (count > 0 && below + count >= rank) return within(bucket, (rank - below) / count)
    below += count
  }
  return latencyBounds.at(-1)
}

/** The share of requests slower than so many milliseconds, by the same rule as `quantile`; 0 without requests. */
export function shareSlower(latency: readonly number[], milliseconds: number): number {
  const all = countOf(latency)
  if (all === 0) return 0
  const slower = latency.reduce((sum, count, bucket) => sum + count * partAbove(bucket, milliseconds), 0)
  return slower / all
}

function within(bucket: number, part: number): number {
  const [from, to] = boundsOf(bucket)
  // The first bucket begins at 0, which has no logarithm.
  return from === 0 ? to * part : from * (to / from) ** part
}

function partAbove(bucket: number, milliseconds: number): number {
  const [from, to] = boundsOf(bucket)
  if (milliseconds <= from) return 1
  if (milliseconds >= to) return 0
  return from === 0 ? 1 - milliseconds / to : Math.log(to / milliseconds) / Math.log(to / from)
}
