import assert from 'node:assert/strict'
import { after, before, beforeEach, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Attempt, ConsumableQueue, Step } from '../../app/deliveries/task-queue.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { OutsideError } from '../../app/outside/outside-error.ts'
import { connectPatiently } from '../../app/redis/connect.ts'
import { until } from '../until.ts'
import { openQueueIn, type QueueRedis, startQueueRedis } from './redis-queue.ts'
import { outsideSystems, requestTask, working } from './working.ts'

let container: QueueRedis

before(async () => {
  container = await startQueueRedis()
})

beforeEach(async () => {
  const redis = connectPatiently(container.url)
  await redis.flushall()
  redis.disconnect()
})

after(() => container.remove())

async function openQueue(t: TestContext): Promise<ConsumableQueue> {
  const queue = await openQueueIn(container)
  t.after(() => queue.close())
  return queue
}

/** Consumes the queue `crm` as a process of its own would. */
async function consume(t: TestContext, work: (attempt: Attempt) => Step): Promise<void> {
  const queue = await openQueue(t)
  const consumer = queue.consume('crm', { concurrency: 2, onError: () => {} }, async (attempt) =>
    work(attempt),
  )
  t.after(() => consumer.stop(1000))
}

const addContacts = (queue: ConsumableQueue, ids: readonly string[]) =>
  Promise.all(ids.map((id) => queue.add({ kind: 'contact', id, inviteId: 'somebody', version: 1 })))

test('a worker that cannot reach a system leaves its tasks to one that can', {
  timeout: 90_000,
}, async (t) => {
  const invites = await openInviteStore(container.url)
  t.after(() => invites.close())
  const unreachable = outsideSystems()
  unreachable.beforeContact = async () => {
    throw new OutsideError('crm', 'unreachable', 'no way there')
  }
  const healthy = outsideSystems()
  healthy.beforeContact = () => wait(20)
  const people = Array.from({ length: 150 }, (_, n) => `person-${n}@example.com`)
  const queue = await openQueue(t)
  const broken = working(t, { queue, invites, outside: unreachable, concurrency: 5 })
  await Promise.all(people.map((email) => queue.add(requestTask({ email }))))
  await until(async () => broken.lines.some((line) => line.includes('left alone')), 'the circuit to open')
  working(t, { queue: await openQueue(t), invites, outside: healthy, concurrency: 5 })
  await until(async () => healthy.told.length === people.length, 'all to be told')
  assert.deepEqual(healthy.told.map(({ email }) => email).sort(), people.sort())
})

test('what one consumer cannot ask of a system another takes at once, as the same attempt', async (t) => {
  const queue = await openQueue(t)
  let refused = 0
  await consume(t, () => {
    refused += 1
    return { next: 'wait', milliseconds: 60_000 }
  })
  await addContacts(queue, ['first'])
  await until(async () => refused === 1, 'the first consumer')
  const attempts: Attempt[] = []
  await consume(t, (attempt) => {
    attempts.push(attempt)
    return { next: 'done' }
  })
  const others = Array.from({ length: 20 }, (_, n) => `other-${n}`)
  await addContacts(queue, others)
  await until(async () => attempts.length === 21, 'the other consumer')
  assert.deepEqual(attempts.map(({ task }) => task.id).sort(), ['first', ...others].sort())
  assert.ok(attempts.every(({ attempt }) => attempt === 1))
})

test('a consumer goes on when its time is over', async (t) => {
  const queue = await openQueue(t)
  const ids = ['a', 'b', 'c', 'd']
  const done: string[] = []
  let waits = 0
  await consume(t, ({ task }) => {
    if (++waits <= 6) return { next: 'wait', milliseconds: 100 }
    done.push(task.id)
    return { next: 'done' }
  })
  await addContacts(queue, ids)
  await until(async () => done.length === ids.length, 'all tasks')
  await addContacts(queue, ['later'])
  await until(async () => done.includes('later'), 'a later task')
})

test('a limit on calls that one consumer is told of holds for the other', async (t) => {
  const queue = await openQueue(t)
  const calls: number[] = []
  const work = (): Step => {
    calls.push(Date.now())
    const limited = { next: 'retry', milliseconds: 1000, pause: 1000, reason: 'a limit' } as const
    return calls.length === 1 ? limited : { next: 'done' }
  }
  await consume(t, work)
  await addContacts(queue, ['a'])
  await until(async () => (await queue.counts()).crm.retry === 1, 'the limit')
  await consume(t, work)
  await addContacts(queue, ['b', 'c', 'd'])
  await until(async () => calls.length === 5, 'all tasks')
  const [first = 0, ...later] = calls
  assert.ok(
    later.every((call) => call - first >= 990),
    String(later.map((call) => call - first)),
  )
})
