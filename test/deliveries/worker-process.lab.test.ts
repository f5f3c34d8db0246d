import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { ConsumableQueue } from '../../app/deliveries/task-queue.ts'
import { connectPatiently } from '../../app/redis/connect.ts'
import { type RunningStandIns, runStandIns, token } from '../standins/running.ts'
import { runSite, type SiteProcess } from '../start/process.ts'
import { until } from '../until.ts'
import { openQueueIn, type QueueRedis, startQueueRedis } from './redis-queue.ts'
import { replyThief } from './reply-thief.ts'
import { inviteTask, requestTask } from './working.ts'

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

const runWorker = (
  t: TestContext,
  standIns: Pick<RunningStandIns, 'url' | 'mailUrl'>,
  settings: Record<string, string> = {},
): Promise<SiteProcess> =>
  runSite(
    t,
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      QUEUE_URL: container.url,
      CRM_URL: standIns.url,
      CRM_TOKEN: token,
      ACCOUNTS_URL: standIns.url,
      ACCOUNTS_TOKEN: token,
      MAIL_URL: standIns.mailUrl,
      ...settings,
    },
    'app/worker.ts',
  )

/** Nothing left to do, not even later. */
async function done(): Promise<void> {
  await until(
    async () => {
      const counts = Object.values(await queue.counts())
      return counts.every(({ waiting, active, retry }) => waiting + active + retry === 0)
    },
    'an empty queue',
    60,
  )
}

test('a request comes to the CRM and an invite to the mailbox, through a worker of its own', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  const worker = await runWorker(t, standIns)
  await queue.add(requestTask())
  await done()
  await queue.add(inviteTask())
  await done()
  const { contacts, mails } = await standIns.state()
  assert.deepEqual([contacts.length, mails.length], [1, 1])
  assert.match(JSON.stringify(mails), /Your invite to Website/)
  assert.match(JSON.stringify(mails), /\/signup\?token=/)
  assert.doesNotMatch(worker.output(), /ada|lovelace/i)
})

test('a worker killed between a call and its answer makes neither two contacts nor two mails', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  const [crm, mail] = await Promise.all([standIns.url, standIns.mailUrl].map((url) => replyThief(t, url)))
  assert.ok(crm && mail)
  const through = { url: `http://127.0.0.1:${crm.port}`, mailUrl: `smtp://127.0.0.1:${mail.port}` }
  const first = await runWorker(t, through)
  await queue.add(requestTask())
  await done()
  const stolen = Promise.all([
    crm.steal((reply) => reply.startsWith('HTTP/1.1')),
    mail.steal((reply, before) => reply.startsWith('250') && /^354/m.test(before)),
  ])
  await queue.add(inviteTask())
  await stolen
  first.child.kill('SIGKILL')
  await runWorker(t, through)
  await done()
  const { contacts, mails } = await standIns.state()
  assert.deepEqual([contacts.length, mails.length], [1, 1])
  // The request, the invite that was cut off, and the same once more.
  assert.equal(contacts[0]?.upserts, 3)
  assert.equal(mails[0]?.deliveries, 2)
  const { crm: left } = await queue.counts()
  assert.equal(left.deadLetter, 0)
})

test('on SIGTERM a worker finishes what it holds, takes no more, and ends well', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  const worker = await runWorker(t, standIns, { WORKER_CONCURRENCY: '1' })
  await standIns.setFault('crm', 'slow')
  await queue.add(requestTask())
  await queue.add(requestTask({ email: 'grace@example.com' }))
  await until(async () => (await queue.counts()).crm.active === 1, 'a call under way')
  worker.child.kill('SIGTERM')
  assert.deepEqual(await worker.ended, [0, null])
  const { contacts } = await standIns.state()
  assert.deepEqual(
    contacts.map(({ upserts }) => upserts),
    [1],
  )
  assert.deepEqual((await queue.counts()).crm, { waiting: 1, active: 0, retry: 0, deadLetter: 0 })
})

test('on SIGTERM while the CRM hangs a worker hands back what it holds, and the next one takes it at once', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  const worker = await runWorker(t, standIns)
  await standIns.setFault('crm', 'hang')
  await queue.add(requestTask())
  await until(async () => (await queue.counts()).crm.active === 1, 'a call under way')
  worker.child.kill('SIGTERM')
  assert.deepEqual(await worker.ended, [0, null])
  // A task that is still active has to wait for the end of its lock.
  const { active, waiting, retry, deadLetter } = (await queue.counts()).crm
  assert.deepEqual({ active, left: waiting + retry, deadLetter }, { active: 0, left: 1, deadLetter: 0 })
  await standIns.setFault('crm', null)
  await runWorker(t, standIns)
  await done()
  const { contacts } = await standIns.state()
  assert.deepEqual([contacts.length, contacts[0]?.upserts], [1, 1])
})

test('a second signal ends a worker at once', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  const worker = await runWorker(t, standIns)
  await standIns.setFault('crm', 'hang')
  await queue.add(requestTask())
  await until(async () => (await queue.counts()).crm.active === 1, 'a call under way')
  worker.child.kill('SIGTERM')
  await wait(300)
  worker.child.kill('SIGTERM')
  assert.deepEqual(await worker.ended, [1, null])
})

test('a worker tells whether it lives, and how its queue is', async (t) => {
  const standIns = await runStandIns(t)
  const worker = await runWorker(t, standIns)
  assert.equal((await fetch(`${worker.url}/healthz`)).status, 200)
  const ready = await fetch(`${worker.url}/readyz`)
  const { stores } = (await ready.json()) as { stores: unknown }
  assert.deepEqual([ready.status, stores], [200, { queue: 'up', invites: 'up' }])
  assert.equal((await fetch(`${worker.url}/`)).status, 404)
})

test('a worker and its Redis can be killed in any order, and nothing but JSON is in the log', async (t) => {
  await redis.flushall()
  const standIns = await runStandIns(t)
  await container.kill()
  const worker = await runWorker(t, standIns)
  assert.equal((await fetch(`${worker.url}/healthz`)).status, 200)
  await container.start()
  await until(() => queue.add(requestTask()).then(() => true), 'the queue')
  await done()
  await container.kill()
  await container.start()
  await until(() => queue.add(requestTask({ email: 'grace@example.com' })).then(() => true), 'the queue')
  await done()
  const { contacts } = await standIns.state()
  assert.equal(contacts.length, 2)
  worker.child.kill('SIGTERM')
  await worker.ended
  const lines = worker.output().trim().split('\n')
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('{"level"')),
    [],
  )
})

test('a worker without a Redis to take from does not start, and says why', () => {
  const { status, stderr } = spawnSync(process.execPath, ['app/worker.ts'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', QUEUE_URL: 'memory:' },
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.match(stderr, /^Cannot start: .*\n {2}QUEUE_URL: .*redis:\/\/HOST:PORT/)
})
