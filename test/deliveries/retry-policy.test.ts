import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CircuitOpen } from '../../app/deliveries/circuit.ts'
import { backoff, HeldByAnother, nextStep } from '../../app/deliveries/retry-policy.ts'
import { SiteError } from '../../app/errors.ts'
import { OutsideError, type OutsideFault } from '../../app/outside/outside-error.ts'

const hour = 3_600_000
const day = 24 * hour
const fault = (kind: OutsideFault, retryAfterSeconds?: number) =>
  new OutsideError('crm', kind, 'POST /contacts answered 500', { retryAfterSeconds })
const after = (error: unknown, { attempt = 1, age = 0, random = 1 } = {}) =>
  nextStep(error, { attempt, addedAt: 0 }, { now: age, random })

test('attempts are a second apart at most at first, twice as long each time, an hour at the end', () => {
  const longest = [1, 2, 3, 4, 12, 13, 100].map((attempt) => backoff(attempt, 1))
  assert.deepEqual(longest, [1000, 2000, 4000, 8000, 2_048_000, hour, hour])
})

test('tasks that failed together come back at any moment of that time', () => {
  assert.deepEqual(
    [0, 0.25, 1].map((random) => backoff(3, random)),
    [0, 1000, 4000],
  )
})

for (const kind of ['unreachable', 'slow', 'busy', 'failing', 'surprising'] as const) {
  test(`a system that is ${kind} is tried again`, () => {
    const reason = 'crm: POST /contacts answered 500'
    assert.deepEqual(after(fault(kind), { attempt: 2 }), { next: 'retry', milliseconds: 2000, reason })
  })
}

test('our own store that is away is tried again', () => {
  assert.equal(after(new SiteError('unavailable', 'no answer')).next, 'retry')
})

test('what is refused goes to the dead letters at once, with its reason', () => {
  assert.deepEqual(after(fault('refused')), { next: 'give up', reason: 'crm: POST /contacts answered 500' })
})

test('a system that says when to come again is left alone until then, and that is no attempt', () => {
  assert.deepEqual(after(fault('busy', 90)), { next: 'wait', milliseconds: 90_000 })
  assert.deepEqual(after(fault('failing', 7)), { next: 'wait', milliseconds: 7000 })
})

test('a system whose circuit is open is left alone, and that is no attempt', () => {
  assert.deepEqual(after(new CircuitOpen('crm', 2000)), { next: 'wait', milliseconds: 2000 })
})

test('a delivery in the way of another is put off shortly, and that is no attempt', () => {
  assert.deepEqual(after(new HeldByAnother(), { random: 0 }), { next: 'put off', milliseconds: 200 })
})

test('three days after it was added a task is given up, however it failed', () => {
  const errors = [fault('slow'), fault('busy', 60), new CircuitOpen('crm', 2000), new HeldByAnother()]
  for (const error of errors) {
    assert.notEqual(after(error, { age: 3 * day - hour }).next, 'give up')
    const step = after(error, { age: 3 * day })
    assert.equal(step.next, 'give up')
    assert.match('reason' in step ? step.reason : '', /^not done within three days: /)
  }
})

test('a wait that would end after the three days is not begun', () => {
  assert.equal(after(fault('busy', 4 * 24 * 3600)).next, 'give up')
})

test('the reason of a fault of the program tells nothing that a visitor typed', () => {
  const step = after(new TypeError('cannot read ada@example.com'))
  assert.equal('reason' in step && step.reason, 'a fault of the worker (TypeError), see its log')
})
