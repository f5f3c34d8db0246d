import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { until } from '../until.ts'
import { openQueueIn, type QueueRedis, startQueueRedis } from './redis-queue.ts'
import { inviteTask, requestTask, working } from './working.ts'

// Longer than a worker's lock on a task, so that the task counts as stalled when Redis is back.
const awayMilliseconds = 12_000

const faults: Readonly<Record<string, (redis: QueueRedis) => Promise<void>>> = {
  frozen: async (redis) => {
    await redis.pause()
    void wait(awayMilliseconds).then(() => redis.unpause())
  },
  killed: async (redis) => {
    await redis.kill()
    void wait(awayMilliseconds).then(() => redis.start())
  },
}

for (const [title, makeFault] of Object.entries(faults)) {
  test(`while redisqueue is ${title} after the server took a mail, the mail goes once`, async (t) => {
    const redis = await startQueueRedis()
    t.after(() => redis.remove())
    const [queue, invites] = await Promise.all([openQueueIn(redis), openInviteStore(redis.url)])
    t.after(() => Promise.all([queue.close(), invites.close()]))
    await until(async () => (await invites.find('nobody')) === undefined, 'the store to answer')
    const at = working(t, { queue, invites })
    let handedIn = 0
    at.outside.beforeMail = async () => {
      handedIn += 1
      await makeFault(redis)
    }
    await queue.add(requestTask())
    await at.done()
    await queue.add(inviteTask())
    const isMarked = async () => invites.wasMailed(at.outside.mails[0]?.id ?? '')
    await until(isMarked, 'the mark', 60)
    const isWorkedOff = async () => {
      const { mail } = await queue.counts()
      return mail.waiting + mail.active + mail.retry + mail.deadLetter === 0
    }
    await until(isWorkedOff, 'the mail to be done', 60)
    assert.equal(handedIn, 1)
    await at.stop()
  })
}
