import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualLimits } from '../../../kit/analysis/limits.ts'
import { judge, type Verdict } from '../../../kit/analysis/verdict.ts'
import type { Interval } from '../../../kit/analysis/window.ts'
import { activity, countersOf, repeated } from './sides.ts'

const judged = (intervals: readonly Interval[], step = 2): Verdict => judge({ step, intervals }, usualLimits)

const kindOf = (intervals: readonly Interval[]) => judged(intervals).kind

test('a version that is as good is good enough once there were enough requests', () => {
  assert.deepEqual(judged(repeated(20, activity(100, 1), activity(9900, 99))), { kind: 'content' })
  assert.deepEqual(judged(repeated(20, activity(100, 0), activity(1900, 0))), { kind: 'content' })
})

test('few requests are no verdict, whatever became of them', () => {
  for (const failed of [0, 1, 2]) {
    const verdict = judged(repeated(10, activity(2, failed), activity(198, 0)))
    assert.ok(verdict.kind === 'waiting' && verdict.requests > 500 && verdict.requests < 2000)
  }
})

test('many requests in few intervals are no verdict: the burst could be one', () => {
  assert.deepEqual(judged(repeated(2, activity(10_000, 0), activity(10_000, 0))), {
    kind: 'waiting',
    requests: 60_000,
  })
})

test('the number still missing goes down to none', () => {
  const after = (intervals: number) => judged(repeated(intervals, activity(100, 1), activity(9900, 99)))
  const verdict = after(10)
  assert.ok(verdict.kind === 'waiting')
  assert.equal(after(10 + Math.ceil(verdict.requests / 100)).kind, 'content')
})

test('without requests on either side nothing is said, and an empty window asks for as many as are usual', () => {
  const begun = judged([])
  assert.ok(begun.kind === 'waiting' && begun.requests > 500 && begun.requests < 3000)
  assert.equal(kindOf(repeated(50, activity(0, 0), activity(9900, 99))), 'waiting')
  assert.equal(kindOf(repeated(50, activity(9900, 9900), activity(0, 0))), 'waiting')
})

test('more errors than by chance and than the limit are told as the operator counts them', () => {
  assert.deepEqual(judged(repeated(20, activity(100, 3), activity(9900, 90))), {
    kind: 'worse',
    evidence: [
      'errors 3 % (60 of 2,000) against 0.909 % (1,800 of 198,000): 2.09 points more, limit 1 point; by chance in less than 1 of 1,000,000 equal versions',
    ],
  })
})

test('a version that answers nothing is found soon, and not if the old one does not either', () => {
  assert.equal(kindOf(repeated(6, activity(50, 50), activity(4950, 5))), 'worse')
  assert.notEqual(kindOf(repeated(50, activity(50, 50), activity(950, 950))), 'worse')
})

test('a burst in one interval is no proof; a better version and one within the limit are none either', () => {
  const quiet = repeated(20, activity(100, 0), activity(1900, 2))
  const burst = { canary: activity(100, 100), old: activity(1900, 2) }
  assert.equal(kindOf([...quiet, burst]), 'content')
  assert.equal(kindOf(repeated(20, activity(1000, 0), activity(1000, 30))), 'content')
  assert.equal(kindOf(repeated(40, activity(1000, 7), activity(9000, 18))), 'content')
})

const slow = (share: number, requests: number) =>
  activity(
    requests,
    0,
    countersOf(Array.from({ length: requests }, (_, at) => (at < share * requests ? 400 : 50))),
  )

test('slower requests than by chance, with a p95 beyond the limit, are told', () => {
  const verdict = judged(repeated(10, slow(0.08, 200), slow(0.03, 3800)))
  assert.ok(verdict.kind === 'worse')
  assert.deepEqual(verdict.evidence, [
    'p95 434 ms against 50 ms: 8.72 times as long, limit 1.2 times; by chance in less than 1 of 1,000,000 equal versions',
  ])
})

test('instances that lose their readiness or restart, interval after interval, are told', () => {
  const crashing = activity(100, 0, { instances: 1, flaps: 1, restarts: 1 })
  const verdict = judged(repeated(10, crashing, activity(1900, 0)))
  assert.ok(verdict.kind === 'worse')
  assert.deepEqual(
    verdict.evidence.map((line) => line.split(';')[0]),
    [
      'readiness lost 10 times in 1 instance against 0 times in 3 instances',
      'restarted 10 times in 1 instance against 0 times in 3 instances',
    ],
  )
  const all = activity(100, 0, { instances: 1, restarts: 1 })
  assert.equal(kindOf(repeated(20, all, activity(1900, 0, { restarts: 3 }))), 'content')
  assert.equal(
    kindOf([
      ...repeated(20, activity(100, 0), activity(1900, 0)),
      { canary: crashing, old: activity(1900, 0) },
    ]),
    'content',
  )
})
