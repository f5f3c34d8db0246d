import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Redis } from 'ioredis'
import { redisTaskQueue } from '../../app/deliveries/redis-task-queue.ts'
import type { Attempt, ConsumableQueue, Step } from '../../app/deliveries/task-queue.ts'
import { SiteError } from '../../app/errors.ts'
import { connectPatiently } from '../../app/redis/connect.ts'
import { freePort } from '../lab/docker.ts'
import { until } from '../until.ts'
import { queueCases, runCase } from './queue-cases.ts'
import { openQueueIn, type QueueRedis, startQueueRedis } from './redis-queue.ts'
import { othersAreTold, waitingContacts } from './waiting-contacts.ts'
import { requestTask, working } from './working.ts'

let container: QueueRedis
let redis: Redis
let queue: ConsumableQueue

before(async () => {
  container = await startQueueRedis()
  redis = connectPatiently(container.url)
  queue = await openQueueIn(container)
})

after(async () => {
  redis.disconnect()
  await queue.close()
  await container.remove()
})

/** Resolves when the queue says within a second that it is not available. */
async function refusesSoon(refusing: ConsumableQueue): Promise<void> {
  const begun = performance.now()
  await assert.rejects(refusing.add(requestTask()), (error: SiteError) => {
    assert.ok(error instanceof SiteError)
    assert.equal(error.code, 'unavailable')
    return true
  })
  assert.ok(performance.now() - begun < 1000, 'within a second')
}

const takes = async (taking: ConsumableQueue): Promise<boolean> => taking.add(requestTask()).then(() => true)

for (const [title, check] of Object.entries(queueCases)) {
  test(`in Redis, ${title}`, async () => {
    await redis.flushall()
    const own = await openQueueIn(container)
    await runCase(own, check)
    await own.close()
  })
}

test('a task that was added is there after Redis was killed', async () => {
  await redis.flushall()
  await queue.add(requestTask())
  await container.kill()
  await container.start()
  await until(async () => (await queue.counts()).requests.waiting === 1, 'the task')
})

test('while Redis is frozen a task is refused within a second, afterwards taken', async () => {
  await container.pause()
  await refusesSoon(queue)
  await Promise.all(Array.from({ length: 20 }, () => refusesSoon(queue)))
  await container.unpause()
  await until(() => takes(queue), 'the queue to take tasks again')
})

test('while Redis is down a task is refused at once, afterwards taken', async () => {
  await container.kill()
  await until(async () => queue.state() === 'down', 'the queue to notice')
  await refusesSoon(queue)
  await container.start()
  await until(() => takes(queue), 'the queue to take tasks again')
})

test('a full Redis refuses tasks, and keeps what it has', async () => {
  await redis.flushall()
  await queue.add(requestTask())
  await redis.config('SET', 'maxmemory', '1')
  await refusesSoon(queue)
  await redis.config('SET', 'maxmemory', '0')
  await queue.add(requestTask())
  assert.equal((await queue.counts()).requests.waiting, 2)
})

test('a queue opened while Redis is down opens soon, refuses, and takes tasks once Redis is there', async () => {
  await container.kill()
  const early = await redisTaskQueue(container.url)
  await refusesSoon(early)
  await container.start()
  await until(() => takes(early), 'the queue to take tasks')
  await early.close()
})

test('a queue whose Redis is never there can be closed', async () => {
  const never = await redisTaskQueue(`redis://127.0.0.1:${await freePort()}`)
  assert.equal(never.state(), 'down')
  await never.close()
})

test('a consumer that began while Redis was down works once it is there', async () => {
  await redis.flushall()
  await container.kill()
  const early = await redisTaskQueue(container.url)
  let begun = 0
  const options = { concurrency: 1, onError: () => {} }
  const consumer = early.consume('requests', options, async () => {
    begun += 1
    return { next: 'done' }
  })
  await container.start()
  await until(() => takes(early), 'the queue to take tasks')
  await until(async () => begun > 0, 'the task to be taken')
  await consumer.stop(1000)
  await early.close()
})

test('what is done leaves Redis, and personal data is nowhere but in a request', async () => {
  await redis.flushall()
  const own = await openQueueIn(container)
  const consumers = (['requests', 'crm'] as const).map((name) =>
    own.consume(name, { concurrency: 5, onError: () => {} }, async ({ task }) => {
      return task.kind === 'contact' ? { next: 'give up', reason: 'no' } : { next: 'done' }
    }),
  )
  await own.add(requestTask())
  await own.add({ kind: 'invited in the CRM', id: 'hook', crmId: '17' })
  await own.add({ kind: 'contact', id: 'contact', inviteId: 'somebody', version: 1 })
  await until(async () => {
    const { requests, crm } = await own.counts()
    return requests.waiting + requests.active + crm.waiting + crm.active === 0 && crm.deadLetter === 1
  }, 'the tasks to be done')
  const keys = await redis.keys('deliveries:*')
  assert.deepEqual(keys.filter((key) => /^deliveries:\w+:(?:task|hook|contact)/.test(key)).sort(), [
    'deliveries:crm:contact',
    'deliveries:crm:hook',
  ])
  const contents = await Promise.all(keys.map((key) => contentOf(key)))
  assert.doesNotMatch(JSON.stringify(contents), /ada|lovelace/i)
  await Promise.all(consumers.map((consumer) => consumer.stop(1000)))
  await own.close()
})

async function contentOf(key: string): Promise<unknown> {
  const type = await redis.type(key)
  if (type === 'hash') return redis.hgetall(key)
  if (type === 'stream') return redis.xrange(key, '-', '+')
  if (type === 'zset') return redis.zrange(key, '0', '-1')
  return type === 'list' ? redis.lrange(key, 0, -1) : redis.get(key)
}

for (const [title, error] of Object.entries(waitingContacts)) {
  test(`in Redis, one contact that is ${title} keeps no other waiting, even one by one`, async (t) => {
    await redis.flushall()
    const own = await openQueueIn(container)
    const at = working(t, { queue: own, concurrency: 1 })
    t.after(() => own.close())
    await othersAreTold(at, error)
    await at.stop()
  })
}

test('a dead letter says why', async () => {
  await redis.flushall()
  const own = await openQueueIn(container)
  const consumer = own.consume('crm', { concurrency: 1, onError: () => {} }, async () => {
    return { next: 'give up', reason: 'crm: POST /contacts answered 400' }
  })
  await own.add({ kind: 'contact', id: 'contact', inviteId: 'somebody', version: 1 })
  await until(async () => (await own.counts()).crm.deadLetter === 1, 'a dead letter')
  assert.equal(await redis.hget('deliveries:crm:contact', 'failedReason'), 'crm: POST /contacts answered 400')
  await consumer.stop(1000)
  await own.close()
})

test('a dead letter that an operator tries again begins its tries anew, each time', async () => {
  await redis.flushall()
  const own = await openQueueIn(container)
  const again = { next: 'retry', milliseconds: 10, reason: 'no' } as const
  const lost = { next: 'give up', reason: 'no' } as const
  const steps: Step[] = [lost, again, lost, { next: 'done' }]
  const attempts: Attempt[] = []
  const consumer = own.consume('crm', { concurrency: 1, onError: () => {} }, async (attempt) => {
    attempts.push(attempt)
    return steps[attempts.length - 1] ?? assert.fail('tried too often')
  })
  const task = { kind: 'contact', id: 'contact', inviteId: 'somebody', version: 1 } as const
  await own.add(task)
  const begun = Date.now()
  const longAgo = begun - 4 * 24 * 3_600_000
  for (const made of [1, 3]) {
    await until(async () => (await own.counts()).crm.deadLetter === 1, 'a dead letter')
    assert.equal(attempts.length, made)
    await redis.hset('deliveries:crm:contact', 'timestamp', longAgo)
    const job = await own.jobs?.find(({ name }) => name === 'crm')?.getJob('contact')
    await job?.retry('failed')
  }
  await until(async () => attempts.length === 4, 'the last try')
  assert.deepEqual(
    attempts.map(({ attempt }) => attempt),
    [1, 1, 2, 1],
  )
  const [, second, third, fourth] = attempts
  assert.deepEqual([second?.addedAt, second?.task], [longAgo, task])
  assert.equal(second?.triedSince, third?.triedSince)
  assert.ok(second && second.triedSince >= begun - 1000)
  assert.ok(third && fourth && fourth.triedSince > third.triedSince)
  await consumer.stop(1000)
  await own.close()
})

test('a consumer that cannot finish in time hands its tasks back at once', async () => {
  await redis.flushall()
  const own = await openQueueIn(container)
  let finish: ((step: Step) => void) | undefined
  const work = () =>
    new Promise<Step>((resolve) => {
      finish = resolve
    })
  const consumer = own.consume('crm', { concurrency: 1, onError: () => {} }, work)
  await own.add({ kind: 'contact', id: 'contact', inviteId: 'somebody', version: 1 })
  await until(async () => finish !== undefined, 'the task under way')
  await consumer.stop(100)
  assert.deepEqual((await queue.counts()).crm, { waiting: 1, active: 0, retry: 0, deadLetter: 0 })
  finish?.({ next: 'done' })
  await own.close()
})
