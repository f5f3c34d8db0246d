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
  return all.reduce(addCounters, noCounters)
}

/** Both as one. */
export const addCounters = (one: Counters, other: Counters): Counters => combine(one, other, (a, b) => a + b)

/**
 * What all balancers counted between two readings. Nobody knows since when one that is in the second only has counted,
 * so it counts from there on; one whose counters went back has started again, and what it counted before that is lost.
 * Never negative.
 */
export function difference(before: Reading, after: Reading): Sides<Counters> {
  const changes = [...after].flatMap(([name, now]) => {
    const then = before.get(name)
    if (then === undefined) return []
    if (isBehind(now.canary, then.canary) || isBehind(now.old, then.old)) return now
    return { canary: subtract(now.canary, then.canary), old: subtract(now.old, then.old) }
  })
  return {
    canary: sumCounters(changes.map(({ canary }) => canary)),
    old: sumCounters(changes.map(({ old }) => old)),
  }
}

/** What is known of each balancer: one that gave no answer keeps its last, and goes on from there when it is back. */
export const withSilent = <Known>(
  before: ReadonlyMap<string, Known>,
  answers: ReadonlyMap<string, Known>,
): ReadonlyMap<string, Known> => new Map([...before, ...answers])

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
