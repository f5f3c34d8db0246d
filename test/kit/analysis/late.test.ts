import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noCounters } from '../../../kit/analysis/counters.ts'
import { Course } from '../../../kit/analysis/course.ts'
import { usualLimits } from '../../../kit/analysis/limits.ts'
import { judge } from '../../../kit/analysis/verdict.ts'
import { type Interval, totalsOf } from '../../../kit/analysis/window.ts'
import { mostOf } from '../../../kit/analysis/yardstick.ts'
import { activity, countersOf, repeated } from './sides.ts'

const nobody = activity(0, 0)
const known = countersOf(new Array(10_000).fill(50), 20)
const good = activity(500, 1)
const slow = activity(500, 1, countersOf(new Array(500).fill(90), 1))

const atAll = (intervals: readonly Interval[], earlier = known) =>
  judge({ step: 5, intervals, earlier }, usualLimits)

/** How many intervals it takes after so many good ones; undefined where it is not found in a hundred. */
function foundAfter(before: readonly Interval[], bad: Interval, earlier?: typeof known): number | undefined {
  const intervals = [...before]
  for (let looks = 1; looks <= 100; looks++) {
    intervals.push(bad)
    const verdict = judge({ step: 5, intervals, ...(earlier && { earlier }) }, usualLimits)
    if (verdict.kind === 'worse') return looks
  }
  return undefined
}

test('with all visitors a version is compared with what the old one did before, and found worse', () => {
  const failing = atAll(repeated(20, activity(500, 15), nobody))
  assert.ok(failing.kind === 'worse')
  assert.match(
    failing.evidence.join(),
    /^errors 3 % \(300 of 10,000\) against 0\.2 % \(20 of 10,000\): 2\.8 points more, limit 1 point; by/,
  )
  const late = atAll(repeated(20, slow, nobody))
  assert.ok(late.kind === 'worse')
  assert.match(late.evidence.join(), /^p95 .* against 49 ms: .* limit 1\.2 times/)
})

test('with all visitors there is an end, however many the old version had', () => {
  assert.equal(atAll(repeated(40, activity(120, 0), nobody)).kind, 'content')
  const few = countersOf(new Array(400).fill(50), 1)
  assert.equal(atAll(repeated(100, activity(120, 0), nobody), few).kind, 'content')
})

test('without knowledge of the old version the limit is absolute', () => {
  for (const earlier of [noCounters, countersOf(new Array(150).fill(50))]) {
    assert.equal(atAll(repeated(20, activity(500, 500), nobody), earlier).kind, 'worse')
    assert.equal(atAll(repeated(20, activity(500, 20), nobody), earlier).kind, 'worse')
    assert.equal(atAll(repeated(20, activity(500, 5), nobody), earlier).kind, 'content')
    assert.equal(atAll(repeated(20, slow, nobody), earlier).kind, 'content', 'nothing tells what is slow')
  }
})

test('what begins after hours is found within two minutes, at any share', () => {
  const hours = 1501
  for (const [old, earlier] of [
    [nobody, known],
    [good, undefined],
  ] as const) {
    const before = repeated(hours, good, old)
    for (const bad of [activity(500, 500), activity(500, 15), slow]) {
      const found = foundAfter(before, { canary: bad, old }, earlier)
      assert.ok(found !== undefined && found <= 24, `${found} looks`)
    }
    assert.equal(foundAfter(before, { canary: good, old }, earlier), undefined)
  }
})

test('flaps and restarts count with all visitors, too, and where none of the instances runs', () => {
  const crashing = { canary: activity(0, 0, { restarts: 1, flaps: 1 }), old: nobody }
  assert.ok((foundAfter([], crashing, known) ?? 99) < 20)
  assert.ok((foundAfter(repeated(700, good, nobody), crashing, known) ?? 99) < 30)
})

test('a share is at most what would seldom have shown so few', () => {
  const most = (count: number) => mostOf({ count, among: 10_000 }, 'errors', 5)
  assert.ok(most(0) > 0.0009 && most(0) < 0.0014, `${most(0)}`)
  assert.ok(most(100) > 0.013 && most(100) < 0.016, `${most(100)}`)
  assert.equal(mostOf({ count: 3, among: 4 }, 'errors', 5), 1)
})

test('a step of days keeps a bounded number of intervals, and loses no request', () => {
  const course = new Course()
  for (let look = 0; look < 20_000; look++)
    course.add({ canary: activity(1, 0, { flaps: Number(look === 3) }), old: activity(2, 1) })
  assert.ok(course.intervals.length >= 1000 && course.intervals.length <= 2000)
  const { canary, old } = totalsOf(course)
  assert.deepEqual([canary.requests, canary.flaps, canary.instances], [20_000, 1, 3])
  assert.deepEqual([old.requests, old.failed], [40_000, 20_000])
  const sizes = new Set(course.intervals.slice(0, -1).map((one) => one.canary.requests))
  assert.deepEqual([...sizes], [16])
})
