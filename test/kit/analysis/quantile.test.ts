import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, quantile, shareSlower } from '../../../kit/analysis/quantile.ts'
import { bucketChances, latencyModels, p95Of } from './latency-models.ts'
import { countersOf } from './sides.ts'

const isNear = (found: number | undefined, wanted: number, part: number) =>
  assert.ok(found !== undefined && Math.abs(found / wanted - 1) < part, `${found}, not ${wanted}`)

test('quantiles of known latencies are found to within a bucket', () => {
  const evenly = countersOf(Array.from({ length: 1000 }, (_, at) => at + 1)).latency
  isNear(quantile(evenly, 0.5), 500, 0.03)
  isNear(quantile(evenly, 0.95), 950, 0.03)
  isNear(quantile(evenly, 0.99), 990, 0.03)
  isNear(quantile(evenly, 1), 1000, 1e-9)
  assert.equal(countOf(evenly), 1000)
})

test('within a bucket they are spread by the logarithm, in the first one evenly', () => {
  assert.equal(quantile(countersOf([9, 9]).latency, 0.5)?.toFixed(3), Math.sqrt(80).toFixed(3))
  assert.equal(quantile(countersOf([0, 0, 0, 1]).latency, 0.5), 0.5)
})

test('of the models p95 is nearly what their formula says', () => {
  for (const model of Object.values(latencyModels))
    isNear(quantile(bucketChances(model), 0.95), p95Of(model), 0.03)
})

test('nothing has no quantile, and what is beyond the last bound is told as that', () => {
  assert.equal(quantile(countersOf([]).latency, 0.95), undefined)
  assert.equal(quantile(countersOf([5, 60_000]).latency, 0.95), 10_000)
})

test('the share of slower requests is the other side of a quantile', () => {
  const chances = bucketChances(latencyModels.heavyTail)
  for (const share of [0.01, 0.5, 0.95, 0.99])
    assert.ok(Math.abs(shareSlower(chances, quantile(chances, share) ?? 0) - (1 - share)) < 1e-9)
  assert.deepEqual(
    [0, 10_000].map((at) => shareSlower(countersOf([60_000]).latency, at)),
    [1, 1],
  )
  assert.equal(shareSlower(countersOf([]).latency, 5), 0)
})
