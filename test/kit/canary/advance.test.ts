import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance } from '../../../kit/canary/advance.ts'
import type { CanaryEvent } from '../../../kit/canary/event.ts'
import { shareOf, splitOf } from '../../../kit/canary/share-of.ts'
import type { Canary, Phase } from '../../../kit/canary/state.ts'
import { after, at, canary, content, waiting, worse } from './canaries.ts'

const ready: CanaryEvent = { kind: 'ready' }
const tick: CanaryEvent = { kind: 'tick' }
const set = (percent: number): CanaryEvent => ({ kind: 'set', percent })
const abort: CanaryEvent = { kind: 'abort', reason: 'the logo is upside down' }
const started = after(canary(), [0, ready])
const atFive = after(started, [120, content])
const promoting = after(started, [10, { kind: 'promote' }])
const aborting = after(started, [10, worse])
const promoted = after(promoting, [20, { kind: 'promoted' }])
const aborted = after(aborting, [20, { kind: 'removed' }])

const kindOf = ({ phase }: Canary): Phase['kind'] => phase.kind

function refusal(of: Canary, event: CanaryEvent): string {
  const outcome = advance(of, event, at(1000))
  assert.ok(outcome.kind === 'refused', `${event.kind} is ${outcome.kind}`)
  assert.ok(outcome.failure.todo.length > 0)
  return outcome.failure.message
}

test('with content verdicts it goes through all steps and is promoted', () => {
  const shares: number[] = []
  let current = canary()
  for (let seconds = 0; kindOf(current) !== 'promoting'; seconds += 120) {
    current = after(current, [seconds, seconds === 0 ? ready : content])
    shares.push(shareOf(current))
  }
  assert.deepEqual(shares, [1, 5, 25, 50, 100, 100])
  assert.equal(shareOf(after(current, [800, { kind: 'promoted' }])), 0)
})

test('nobody is sent to a canary that starts, not even a tester', () => {
  const tested = canary({ allow: [{ kind: 'cookie', name: 'side', value: 'blue' }] })
  assert.deepEqual(splitOf(tested), { percent: 0, salt: 'k3f9a1', allow: [] })
  assert.equal(splitOf(after(tested, [0, ready])).allow.length, 1)
  assert.deepEqual(splitOf(after(tested, [0, ready], [1, abort])).allow, [])
})

test('it goes on once the time has passed and the verdict is content, not by one of them', () => {
  for (const [seconds, event] of [
    [119, content],
    [120, waiting],
    [9000, waiting],
    [9000, tick],
    [9000, ready],
    [-60, content],
  ] as const)
    assert.equal(after(started, [seconds, event]), started)
  assert.equal(shareOf(atFive), 5)
})

test('a worse verdict aborts it wherever it is, unless the old service is being changed', () => {
  const paused = after(started, [5, { kind: 'pause' }])
  const holding = after(started, [5, set(100)])
  for (const state of [canary(), started, holding, paused, after(paused, [6, set(30)])]) {
    const next = after(state, [10, worse])
    assert.equal(kindOf(next), 'aborting')
    assert.equal(shareOf(next), 0)
  }
  assert.equal(after(promoting, [20, worse]), promoting)
})

test('by hand it goes on only when it is told to, and a worse verdict still aborts it', () => {
  const manual = after(canary({ manual: true }), [0, ready])
  assert.equal(after(manual, [9000, content]), manual)
  assert.equal(shareOf(after(manual, [9000, set(25)])), 25)
  assert.equal(kindOf(after(manual, [9000, set(100)])), 'holding')
  assert.equal(kindOf(after(manual, [9000, worse])), 'aborting')
  assert.equal(kindOf(after(manual, [9000, { kind: 'promote' }])), 'promoting')
})

test('a pause keeps the share, and the step begins anew after it', () => {
  const paused = after(atFive, [130, { kind: 'pause' }])
  assert.equal(shareOf(after(paused, [9000, content], [9001, waiting])), 5)
  const resumed = after(paused, [9000, { kind: 'resume' }])
  assert.equal(shareOf(after(resumed, [9100, content])), 5)
  assert.equal(shareOf(after(resumed, [9120, content])), 25)
})

test('a share that is no step stays until it goes on, then the step below it follows', () => {
  const ten = after(atFive, [130, set(10)])
  assert.equal(shareOf(after(ten, [9000, content])), 10)
  for (const [percent, step] of [
    [10, 5],
    [30, 25],
    [0.5, 1],
    [0, 1],
  ] as const)
    assert.equal(shareOf(after(ten, [200, set(percent)], [210, { kind: 'resume' }])), step, `${percent} %`)
  assert.equal(shareOf(after(ten, [200, { kind: 'promote' }])), 100)
})

test('a share that is a step goes on from there, unless it is paused', () => {
  assert.equal(shareOf(after(atFive, [130, set(25)], [250, content])), 50)
  const paused = after(atFive, [130, { kind: 'pause' }], [131, set(25)])
  assert.deepEqual([kindOf(paused), shareOf(paused)], ['paused', 25])
  assert.equal(advance(atFive, set(5), at(130)).kind, 'unchanged')
})

test('one that never becomes ready, or whose service goes, is aborted', () => {
  assert.equal(kindOf(after(canary(), [600, { kind: 'never-ready' }])), 'aborting')
  assert.equal(after(started, [600, { kind: 'never-ready' }]), started)
  assert.equal(kindOf(after(promoting, [600, { kind: 'never-ready' }])), 'aborting')
  assert.equal(kindOf(after(started, [600, { kind: 'removed' }])), 'aborting')
  assert.equal(after(promoting, [600, { kind: 'removed' }]), promoting)
})

test('why it was aborted is known to the end', () => {
  const { phase } = aborted
  assert.ok(phase.kind === 'ended' && phase.result === 'aborted')
  assert.equal(phase.reason, 'worse than the old version')
  assert.deepEqual(phase.evidence, ['errors 3.1 %, 0.1 % with the old version'])
})

test('what does not fit is refused, with what to do', () => {
  assert.match(
    refusal(canary(), { kind: 'promote' }),
    /^webapp canary 1\.4 still starts: it cannot be promoted/,
  )
  assert.match(refusal(canary(), { kind: 'pause' }), /still starts/)
  assert.match(refusal(canary(), set(5)), /still starts: it cannot be given another share/)
  assert.match(refusal(started, { kind: 'resume' }), /is not paused/)
  assert.match(refusal(after(started, [1, { kind: 'pause' }]), { kind: 'pause' }), /is paused/)
  assert.match(refusal(aborting, { kind: 'promote' }), /is being aborted: it cannot be promoted/)
  assert.match(refusal(aborting, abort), /is being aborted/)
  assert.match(refusal(promoting, abort), /is being promoted/)
  assert.match(refusal(started, set(1.234)), /1\.234 % is no share/)
})

test('of one that has ended nothing becomes any more', () => {
  for (const ended of [promoted, aborted]) {
    assert.equal(advance(ended, { kind: 'removed' }, at(99)).kind, 'unchanged')
    for (const event of [ready, tick, content, worse, abort, set(5), { kind: 'promoted' }] as const)
      assert.match(refusal(ended, event), /has ended: it was (?:promoted|aborted)/)
  }
})
