import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { answerFault } from '../../app/outside/answer-fault.ts'
import { OutsideError, type OutsideFault } from '../../app/outside/outside-error.ts'
import { until } from '../until.ts'
import { othersAreTold, waitingContacts } from './waiting-contacts.ts'
import { inTurn, inviteTask, requestTask, working } from './working.ts'

const fails = (fault: OutsideFault, retryAfterSeconds?: number): never => {
  throw new OutsideError('crm', fault, 'POST /contacts answered 500', { retryAfterSeconds })
}
const limited = { system: 'crm', place: 'POST /contacts', status: 429 } as const
const people = (count: number) => Array.from({ length: count }, (_, n) => `person-${n}@example.com`)

test('a CRM that is away for a while loses nobody, and is left alone meanwhile', async (t) => {
  const at = working(t)
  let calls = 0
  let isDown = true
  at.outside.beforeContact = async () => {
    calls += 1
    if (isDown) fails('unreachable')
  }
  const all = people(30)
  await Promise.all(all.map((email) => at.queue.add(requestTask({ email }))))
  await until(async () => at.lines.some((line) => line.includes('left alone')), 'the circuit to open')
  const callsOfOutage = calls
  await wait(1000)
  assert.equal(calls, callsOfOutage)
  isDown = false
  await at.done()
  assert.deepEqual(at.outside.told.map(({ email }) => email).sort(), all.sort())
  assert.ok(at.lines.some((line) => line.includes('the system is back')))
})

test('one contact that always fails keeps no other waiting', async (t) => {
  const at = working(t)
  at.outside.beforeContact = async ({ email }) => {
    if (email === 'bad@example.com') fails('failing')
  }
  await at.queue.add(requestTask({ email: 'bad@example.com' }))
  await until(
    async () => at.lines.filter((line) => line.includes('to be tried again')).length >= 2,
    'failures',
  )
  const good = people(50)
  await Promise.all(good.map((email) => at.queue.add(requestTask({ email }))))
  await until(async () => at.outside.told.length === good.length, 'the good ones')
  assert.equal((await at.queue.counts()).crm.deadLetter, 0)
  assert.ok(!at.lines.some((line) => line.includes('left alone')))
})

for (const [title, contact] of Object.entries(waitingContacts)) {
  test(`one contact that is ${title} keeps no other waiting, even one by one`, (t) =>
    othersAreTold(working(t, { concurrency: 1 }), contact))
}

for (const [header, status] of [
  ['0', 503],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 503],
  ['0', 429],
] as const) {
  test(`a CRM that answers ${status} with "Retry-After: ${header}" is not called in a loop`, async (t) => {
    const at = working(t)
    let calls = 0
    at.outside.beforeContact = async () => {
      calls += 1
      throw answerFault({ system: 'crm', place: 'POST /contacts', status, retryAfter: header })
    }
    await at.queue.add(requestTask())
    await wait(1000)
    // By chance several backoffs can be short, though never that many.
    assert.ok(calls >= 1 && calls < 20, `${calls} calls`)
  })
}

test('several contacts that always fail keep the others waiting a little at most', async (t) => {
  const at = working(t)
  at.outside.beforeContact = async ({ email }) => {
    if (email.startsWith('bad')) fails('surprising')
  }
  const bad = Array.from({ length: 8 }, (_, n) => `bad-${n}@example.com`)
  await Promise.all(bad.map((email) => at.queue.add(requestTask({ email }))))
  await until(async () => at.lines.some((line) => line.includes('left alone')), 'the circuit to open')
  // Longer than the first backoff: all that failed are in front of the good ones.
  await wait(1100)
  const good = people(20)
  await Promise.all(good.map((email) => at.queue.add(requestTask({ email }))))
  // Three that were not called yet may each cost a pause: 2, 4, 8 and 16 s, and what failed again 2 s more.
  await until(async () => at.outside.told.length === good.length, 'the good ones', 40)
})

test('a contact that the CRM refuses is a dead letter at once, and the others are told', async (t) => {
  const at = working(t)
  at.outside.beforeContact = async ({ email }) => {
    if (email === 'bad@example.com') fails('refused')
  }
  await inTurn(at, requestTask({ email: 'bad@example.com' }), requestTask())
  assert.equal(at.outside.told.length, 1)
  assert.equal((await at.queue.counts()).crm.deadLetter, 1)
})

test('a CRM that asks to wait is not called again before', async (t) => {
  const at = working(t)
  const calls: number[] = []
  at.outside.beforeContact = async () => {
    calls.push(Date.now())
    if (calls.length === 1) throw answerFault({ ...limited, retryAfter: '1' })
  }
  await at.queue.add(requestTask())
  await until(async () => calls.length === 1, 'the first call')
  await Promise.all(people(5).map((email) => at.queue.add(requestTask({ email }))))
  await at.done()
  const [first = 0, ...later] = calls
  assert.equal(later.length, 6)
  assert.ok(later.every((call) => call - first >= 990))
})

test('mail goes out while the CRM hangs', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask())
  let answer = () => {}
  at.outside.beforeContact = () =>
    new Promise((resolve) => {
      answer = resolve
    })
  await at.queue.add(inviteTask())
  await until(async () => at.outside.mails.length === 1, 'the mail')
  assert.equal(at.outside.told.length, 1)
  answer()
})

test('what the CRM is told of a person is never followed by something older', async (t) => {
  const at = working(t)
  at.outside.beforeContact = () => wait(10 * Math.random())
  const names = Array.from({ length: 40 }, (_, n) => `Ada ${String(n).padStart(2, '0')}`)
  for (const [n, name] of names.entries()) {
    await at.queue.add(requestTask({ name, at: new Date(Date.now() + n).toISOString() }))
    await wait(2)
  }
  await at.done()
  const told = at.outside.told.map(({ name }) => name)
  assert.deepEqual(told, [...new Set(told)].sort())
  assert.equal(told.at(-1), names.at(-1))
})

test('a delivery that ended without our knowing is not told twice to different effect', async (t) => {
  const at = working(t)
  let cut = true
  at.outside.beforeMail = async (mail) => {
    if (!cut) return
    cut = false
    at.outside.mails.push(mail)
    throw new OutsideError('mail', 'slow', 'no answer')
  }
  await inTurn(at, requestTask(), inviteTask())
  const [first, second, ...more] = at.outside.mails
  assert.deepEqual(more, [])
  assert.deepEqual(first, second)
})

test('an attempt is logged with its task, number, time and fault', async (t) => {
  const at = working(t)
  let first = true
  at.outside.beforeContact = async () => {
    if (first) {
      first = false
      fails('slow')
    }
  }
  await inTurn(at, requestTask({}, 'the-request'))
  const lines = at.lines.map((line) => JSON.parse(line)).filter(({ id }) => id === 'the-request-contact')
  const told = lines.map(({ level, queue, task, attempt, fault, msg }) => ({
    level,
    queue,
    task,
    attempt,
    fault,
    msg,
  }))
  const common = { queue: 'crm', task: 'contact' }
  assert.deepEqual(told, [
    { level: 'warn', ...common, attempt: 1, fault: 'slow', msg: 'failed, to be tried again' },
    { level: 'info', ...common, attempt: 2, fault: undefined, msg: 'delivered' },
  ])
  assert.ok(lines.every(({ milliseconds }) => Number.isInteger(milliseconds)))
})
