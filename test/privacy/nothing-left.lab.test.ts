import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { keyPrefix } from '../../app/deliveries/redis-task-queue.ts'
import { startKillableSite } from '../deliveries/killable-site.ts'
import { password, walk } from '../deliveries/walk.ts'
import { until } from '../until.ts'

/** Each key of a Redis that begins so, with all that is in it. */
async function contentsOf(url: string, prefix = ''): Promise<string[]> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys(`${prefix}*`)
    return await Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await read(redis, key))}`))
  } finally {
    redis.disconnect()
  }
}

/** What reads a key of each type; the arguments are what follows the key. */
const readers: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  string: ['GET'],
  hash: ['HGETALL'],
  list: ['LRANGE', '0', '-1'],
  set: ['SMEMBERS'],
  zset: ['ZRANGE', '0', '-1'],
  stream: ['XRANGE', '-', '+'],
}

async function read(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key)
  const [command, ...args] = readers[type] ?? []
  // It may have ended since it was listed.
  if (command) return redis.call(command, key, ...args)
  assert.equal(type, 'none', key)
  return undefined
}

test('after the whole way the queue names nobody, and no store holds the password or the token', {
  timeout: 120_000,
}, async (t) => {
  const site = await startKillableSite(t)
  const { email, token } = await walk(site, { email: 'ada.lovelace@example.com', workspace: 'engine' })
  const isTold = async () => {
    const { contacts, mails } = await site.standIns.state()
    return contacts[0]?.properties.invite_status === 'signed up' && mails.length === 2
  }
  await until(isTold, 'the sign-up to be told')

  const namesPerson = (text: string) => /lovelace|a visitor|example\.com/i.test(text)
  const queued = () => contentsOf(site.queue.url, `${keyPrefix}:`)
  await until(async () => !(await queued()).some(namesPerson), `a queue that does not name ${email}`)
  const [queue, sessions] = [await contentsOf(site.queue.url), await contentsOf(site.sessions.url)]
  assert.ok(queue.some((entry) => entry.startsWith(`${keyPrefix}:`)))
  assert.ok(sessions.some((entry) => entry.startsWith('session:') && namesPerson(entry)))
  const [id = '', , signature = ''] = token.split('.')
  for (const entry of [...queue, ...sessions]) {
    for (const secret of [password, id, signature]) assert.ok(!entry.includes(secret), entry.slice(0, 60))
  }
})
