import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Counters, noCounters, type Sides } from '../../../kit/analysis/counters.ts'
import type { Interval } from '../../../kit/analysis/window.ts'
import type { Phase } from '../../../kit/canary/state.ts'
import type { Moment } from '../../../kit/control/observed.ts'
import { Sampler } from '../../../kit/control/sampler.ts'
import { writtenEarlier } from '../../../kit/deploy/canary-kept.ts'
import { after, canary } from './parts.ts'

const since = new Date(0).toISOString()
const atStep = (index: number) => canary({ phase: { kind: 'stepping', index, since } })
const atAll = canary({ phase: { kind: 'holding', since } })
const counted = (requests: number, failed = 0): Counters => after(noCounters, requests, failed)

type Seen = Readonly<Record<string, Sides<Counters>>>

function moment(seen: Seen, over: Partial<Moment> = {}): Moment {
  const names = Object.keys(seen)
  const side = { canary: 0, old: 0 }
  return {
    reading: new Map(Object.entries(seen)),
    flaps: new Map(names.map((name) => [name, side])),
    ready: new Map(names.map((name) => [name, { canary: 3, old: 3 }])),
    tasks: { canary: [], old: [] },
    wanted: { canary: 3, old: 3 },
    ...over,
  }
}

/** A sampler that looks each five seconds. */
function looking() {
  const sampler = new Sampler(new Date(0))
  let at = 0
  const look = (of: ReturnType<typeof canary>, seen: Moment) => {
    at += 5000
    return sampler.judged(of, seen, new Date(at))
  }
  return { sampler, look }
}

const requestsIn = ({ intervals }: Sampler) =>
  intervals.map(({ canary, old }) => [canary.requests, canary.failed, old.requests])

test('a balancer that misses a look goes on where it was', () => {
  const { sampler, look } = looking()
  const first = { canary: counted(100_000, 5000), old: counted(10_000) }
  const later = { canary: counted(100_007, 5001), old: counted(10_060) }
  const quiet = { canary: noCounters, old: noCounters }
  look(atStep(0), moment({ a: quiet, b: first }))
  look(atStep(0), moment({ a: quiet }))
  look(atStep(0), moment({ a: quiet }))
  look(atStep(0), moment({ a: quiet, b: later }, { flaps: new Map([['b', { canary: 2, old: 0 }]]) }))
  assert.deepEqual(requestsIn(sampler), [
    [0, 0, 0],
    [0, 0, 0],
    [7, 1, 60],
  ])
  assert.equal(sampler.intervals.at(-1)?.canary.flaps, 2)
})

test('a balancer that misses the first look of a step counts from its first reading in it', () => {
  const { sampler, look } = looking()
  const quiet = { canary: noCounters, old: noCounters }
  const history = { canary: counted(100_000, 5000), old: counted(10_000) }
  look(atStep(0), moment({ a: quiet, b: history }))
  look(atStep(1), moment({ a: quiet }))
  look(atStep(1), moment({ a: quiet, b: history }))
  look(atStep(1), moment({ a: quiet, b: { ...history, old: counted(10_040) } }))
  assert.deepEqual(requestsIn(sampler), [
    [0, 0, 0],
    [0, 0, 40],
  ])
})

test('an early step to all visitors is judged, and ends', () => {
  for (const [failed, kind] of [
    [500, 'worse'],
    [0, 'content'],
  ] as const) {
    const { look } = looking()
    for (const n of [0, 1, 2])
      look(atStep(0), moment({ a: { canary: counted(5 * n), old: counted(60 * n) } }))
    let last = ''
    for (let n = 0; n < 100 && last !== 'worse'; n++)
      last = look(atAll, moment({ a: { canary: counted(10 + 500 * n, failed * n), old: counted(120) } })).kind
    assert.equal(last, kind)
  }
})

test('all that was seen of the old version is what a canary with all visitors is compared with', () => {
  const { sampler, look } = looking()
  for (const n of [0, 1, 2]) look(atStep(0), moment({ a: { canary: counted(n), old: counted(90 * n) } }))
  for (const n of [3, 4]) look(atStep(1), moment({ a: { canary: counted(n), old: counted(90 * n) } }))
  for (const n of [5, 6]) look(atAll, moment({ a: { canary: counted(100 * n), old: counted(360) } }))
  assert.equal(sampler.earlier.length, 1)
  assert.equal(sampler.earlier[0]?.old.requests, 270)
})

test('what is kept of a step has the size of one interval, and has all of it', () => {
  const { sampler, look } = looking()
  for (let n = 0; n < 200; n++)
    look(atStep(0), moment({ a: { canary: counted(n), old: counted(90 * n, n) } }))
  const text = writtenEarlier(sampler.earlier)
  assert.ok(text.length < 1000)
  assert.deepEqual((JSON.parse(text) as Interval[])[0]?.old, {
    ...counted(90 * 199, 199),
    ...{ instances: 3, flaps: 0, restarts: 0 },
  })
})

const phases: readonly Phase[] = [
  { kind: 'stepping', index: 0, since },
  { kind: 'paused', share: 0, index: 0, since },
  { kind: 'paused', share: 100, index: 1, since },
  { kind: 'holding', since },
]

const quiet = { a: { canary: noCounters, old: noCounters } }
const ready = (mine: number, old = 3) => ({ ready: new Map([['a', { canary: mine, old }]]) })

for (const phase of phases)
  test(`without a ready instance for 30 s it is worse: ${phase.kind} ${'share' in phase ? phase.share : ''}`, () => {
    const { look } = looking()
    const kinds = Array.from({ length: 7 }, () => look(canary({ phase }), moment(quiet, ready(0))))
    assert.notEqual(kinds[5]?.kind, 'worse')
    assert.deepEqual(kinds[6], { kind: 'worse', evidence: ['none of its instances was ready for 30 s'] })
  })

test('who is ready in between, or not known to be without, is not taken back', () => {
  const { look } = looking()
  const without = moment(quiet, ready(0))
  const states: Moment[] = [moment(quiet, ready(1)), moment({}), moment(quiet, ready(0, 0))]
  for (const other of states)
    for (let turn = 0; turn < 40; turn++)
      assert.notEqual(look(atStep(0), turn % 2 ? other : without).kind, 'worse')
  const two = new Map([
    ['a', { canary: 0, old: 3 }],
    ['b', { canary: 1, old: 3 }],
  ])
  for (let turn = 0; turn < 20; turn++)
    assert.notEqual(look(atStep(0), moment(quiet, { ready: two })).kind, 'worse')
})
