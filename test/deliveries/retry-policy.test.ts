import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CircuitOpen } from '../../app/deliveries/circuit.ts'
import { backoff, HeldByAnother, NeedsOperator, NotYet, nextStep } from '../../app/deliveries/retry-policy.ts'
import { SiteError } from '../../app/errors.ts'
import { answerFault } from '../../app/outside/answer-fault.ts'
import { OutsideError, type OutsideFault } from '../../app/outside/outside-error.ts'

const hour = 3_600_000
const day = 24 * hour
const fault = (kind: OutsideFault, retryAfterSeconds?: number) =>
  new OutsideError('crm', kind, 'POST /contacts answered 500', { retryAfterSeconds })
const limit = (header?: string) =>
  answerFault({ system: 'crm', place: 'POST /contacts', status: 429, retryAfter: header })
const after = (error: unknown, { attempt = 1, age = 0, random = 1 } = {}) =>
  nextStep(error, { attempt, triedSince: 0 }, { now: age, random })

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

test('a task that is told when to come again comes then, and a backoff later, and stops no other', () => {
  const reason = 'crm: POST /contacts answered 500'
  assert.deepEqual(after(fault('busy', 90)), { next: 'retry', milliseconds: 91_000, reason })
  assert.deepEqual(after(fault('failing', 7), { random: 0 }), { next: 'retry', milliseconds: 7000, reason })
})

for (const header of ['0', 'Wed, 21 Oct 2015 07:28:00 GMT']) {
  test(`a task that may come again at once (Retry-After: ${header}) comes after its backoff`, () => {
    const answer = { system: 'crm', place: 'POST /contacts', status: 503, retryAfter: header } as const
    const steps = [1, 2, 3].map((attempt) => after(answerFault(answer), { attempt }))
    assert.deepEqual(
      steps.map((step) => 'milliseconds' in step && step.milliseconds),
      [1000, 2000, 4000],
    )
  })
}

test('a limit on calls makes the whole queue wait, a second at least and ten minutes at most', () => {
  const pauses = ['7', '0', undefined, '3600'].map((header) => {
    const step = after(limit(header), { attempt: 5 })
    return step.next === 'retry' && step.pause
  })
  assert.deepEqual(pauses, [7000, 1000, 1000, 600_000])
  assert.deepEqual(after(limit('3600'), { attempt: 5 }), {
    ...{ next: 'retry', milliseconds: 3_616_000, pause: 600_000 },
    reason: 'crm: POST /contacts answered 429',
  })
})

test('a system whose circuit is open is left alone, and that is no attempt', () => {
  assert.deepEqual(after(new CircuitOpen('crm', 2000)), { next: 'wait', milliseconds: 2000 })
})

test('a delivery in the way of another is put off shortly, and that is no attempt', () => {
  assert.deepEqual(after(new HeldByAnother(), { random: 0 }), { next: 'put off', milliseconds: 200 })
})

test('what only an operator can heal goes to the dead letters at once, with its message', () => {
  assert.deepEqual(after(new NeedsOperator('tell the CRM')), { next: 'give up', reason: 'tell the CRM' })
})

test('a look that comes later is no attempt', () => {
  assert.deepEqual(after(new NotYet(60_000)), { next: 'put off', milliseconds: 60_000 })
})

test('three days after its tries began a task is given up, however it failed', () => {
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
