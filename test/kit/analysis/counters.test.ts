import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Counters,
  difference,
  noCounters,
  type Sides,
  sumCounters,
  withSilent,
} from '../../../kit/analysis/counters.ts'
import { bucketCount, bucketOf, latencyBounds } from '../../../kit/analysis/latency-bounds.ts'
import { countersOf } from './sides.ts'

const sides = (canary: Counters, old: Counters): Sides<Counters> => ({ canary, old })
const [few, some, many] = [
  countersOf([5, 5], 1),
  countersOf([5, 5, 20], 1),
  countersOf([5, 5, 20, 90, 90], 2),
]

test('bounds are whole, growing, few, and go from 1 ms to 10 s', () => {
  assert.deepEqual([latencyBounds[0], latencyBounds.at(-1)], [1, 10_000])
  assert.ok(bucketCount <= 40)
  assert.ok(
    latencyBounds.every((bound, at) => Number.isInteger(bound) && bound > (latencyBounds[at - 1] ?? 0)),
  )
  assert.deepEqual([0, 1, 1.01, 10_000, 10_001].map(bucketOf), [0, 0, 1, bucketCount - 2, bucketCount - 1])
})

test('counters of balancers are added, bucket by bucket', () => {
  assert.deepEqual(sumCounters([few, some]), countersOf([5, 5, 5, 5, 20], 2))
  assert.deepEqual(sumCounters([]), noCounters)
})

test('between two readings lies what was counted since', () => {
  const before = new Map([
    ['a', sides(few, some)],
    ['b', sides(few, few)],
  ])
  const after = new Map([
    ['a', sides(some, many)],
    ['b', sides(few, many)],
  ])
  assert.deepEqual(difference(before, after), sides(countersOf([20]), countersOf([90, 90, 20, 90, 90], 2)))
})

test('a balancer that started again has counted from 0, whichever of its counters tells', () => {
  const was = new Map([
    ['a', sides(few, many)],
    ['b', sides(few, few)],
  ])
  const requests = difference(
    was,
    new Map([
      ['a', sides(few, some)],
      ['b', sides(few, few)],
    ]),
  )
  assert.deepEqual(requests, sides(few, some))
  const canaryOnly = difference(was, new Map([['a', sides(noCounters, many)]]))
  assert.deepEqual(canaryOnly, sides(noCounters, many))
  const buckets = difference(
    new Map([['a', sides(few, few)]]),
    new Map([['a', sides(few, countersOf([90, 90], 1))]]),
  )
  assert.deepEqual(buckets.old, countersOf([90, 90], 1))
})

test('a balancer counts from its first reading; one that is gone or silent goes on where it was', () => {
  const before = new Map([['a', sides(few, few)]])
  assert.deepEqual(difference(before, new Map([['b', sides(some, few)]])), sides(noCounters, noCounters))
  const silent = withSilent(before, new Map())
  assert.deepEqual(difference(before, silent), sides(noCounters, noCounters))
  assert.deepEqual(difference(silent, new Map([['a', sides(some, few)]])).canary, countersOf([20]))
})
