import type { ServerResponse } from 'node:http'
import type { KindOf, RequestKind } from './request-kind.ts'
import { requestKinds } from './request-kind.ts'

/** Counts a request when its answer is sent, or given up. */
export type CountRequest = (path: string, res: ServerResponse, milliseconds: number, givenUp: boolean) => void

export interface CountedRequests {
  readonly kind: RequestKind
  readonly cache: string
  readonly status: number
  readonly count: number
}

export interface Durations {
  readonly kind: RequestKind
  /** How many took at most so long, for each of `durationBounds`; then all. */
  readonly upTo: readonly number[]
  readonly seconds: number
}

export interface RequestTally {
  readonly count: CountRequest
  counted(): CountedRequests[]
  durations(): Durations[]
}

/** Upper bounds in seconds. A page from memory takes a fraction of the first. */
export const durationBounds = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const

const caches = ['none', 'memory', 'redis', 'render', 'bypass'] as const
const memory = caches.indexOf('memory')
const statuses = 600
// As nginx has it: the visitor left before the answer was whole.
const givenUpStatus = 499

/**
 * Requests counted in plain numbers. A page from memory takes some 15 microseconds, and looking a label up for each
 * would cost a tenth of that; labels are made when somebody reads the counts.
 */
export function requestTally(kindOf: KindOf): RequestTally {
  const counts = new Float64Array(requestKinds.length * caches.length * statuses)
  const places = durationBounds.length + 1
  const buckets = new Float64Array(requestKinds.length * places)
  const milliseconds = new Float64Array(requestKinds.length)
  const publicKind = requestKinds.indexOf('public')

  return {
    count(path, { pageCache, statusCode }, took, givenUp) {
      const found = caches.indexOf((pageCache ?? 'none') as (typeof caches)[number])
      const cache = found < 0 ? 0 : found
      const kind = cache === memory ? publicKind : requestKinds.indexOf(kindOf(path))
      const status = givenUp ? givenUpStatus : statusCode
      add(counts, (kind * caches.length + cache) * statuses + status)
      add(buckets, kind * places + bucketOf(took))
      add(milliseconds, kind, took)
    },
    counted: () =>
      requestKinds.flatMap((kind, k) =>
        caches.flatMap((cache, c) => {
          const start = (k * caches.length + c) * statuses
          return [...counts.subarray(start, start + statuses)].flatMap((count, status) =>
            count > 0 ? [{ kind, cache, status, count }] : [],
          )
        }),
      ),
    durations: () =>
      requestKinds.flatMap((kind, k) => {
        const upTo = runningSums(buckets.subarray(k * places, (k + 1) * places))
        return upTo.at(-1) === 0 ? [] : [{ kind, upTo, seconds: (milliseconds[k] ?? 0) / 1000 }]
      }),
  }
}

const add = (numbers: Float64Array, at: number, by = 1): void => {
  numbers[at] = (numbers[at] ?? 0) + by
}

function bucketOf(milliseconds: number): number {
  let at = 0
  while (at < durationBounds.length && milliseconds > (durationBounds[at] ?? 0) * 1000) at++
  return at
}

function runningSums(numbers: Float64Array): number[] {
  let sum = 0
  return [...numbers].map((number) => {
    sum += number
    return sum
  })
}
