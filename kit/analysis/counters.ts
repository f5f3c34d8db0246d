import { bucketCount } from './latency-bounds.ts'

/** What a balancer counted of one version since it started, or what several did in an interval. */
export interface Counters {
  readonly requests: number
  /** Of these: answers of 500 and above, and connections that an instance broke off. */
  readonly failed: number
  /** Requests in each bucket of `latencyBounds`, and a last one beyond them. */
  readonly latency: readonly number[]
}

/** Both versions. */
export interface Sides<Side> {
  readonly canary: Side
  readonly old: Side
}

/** Name of a balancer -> what it counted since it started. */
export type Reading = ReadonlyMap<string, Sides<Counters>>

export const noCounters: Counters = { requests: 0, failed: 0, latency: new Array(bucketCount).fill(0) }

/** Counters of several balancers or intervals as one. */
export function sumCounters(all: readonly Counters[]): Counters {
  return all.reduce((sum, one) => combine(sum, one, (a, b) => a + b), noCounters)
}

/**
 * What all balancers counted between two readings. One that is in the second only has started between them; one whose
 * counters went back has started again, and what it counted before that is lost. Never negative.
 */
export function difference(before: Reading, after: Reading): Sides<Counters> {
  const changes = [...after].map(([name, now]) => {
    const then = before.get(name)
    if (then === undefined || isBehind(now.canary, then.canary) || isBehind(now.old, then.old)) return now
    return { canary: subtract(now.canary, then.canary), old: subtract(now.old, then.old) }
  })
  return {
    canary: sumCounters(changes.map(({ canary }) => canary)),
    old: sumCounters(changes.map(({ old }) => old)),
  }
}

/** A reading in which balancers that gave no answer keep their last counters: else they would seem to have started. */
export const withSilent = (before: Reading, answers: Reading): Reading => new Map([...before, ...answers])

function isBehind(now: Counters, then: Counters): boolean {
  if (now.requests < then.requests || now.failed < then.failed) return true
  return now.latency.some((count, bucket) => count < (then.latency[bucket] ?? 0))
}

const subtract = (now: Counters, then: Counters): Counters => combine(now, then, (a, b) => a - b)

function combine(one: Counters, other: Counters, join: (a: number, b: number) => number): Counters {
  return {
    requests: join(one.requests, other.requests),
    failed: join(one.failed, other.failed),
    latency: one.latency.map((count, bucket) => join(count, other.latency[bucket] ?? 0)),
  }
}
