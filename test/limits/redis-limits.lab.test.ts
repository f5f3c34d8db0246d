import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Redis } from 'ioredis'
import type { Limits } from '../../app/limits/limits.ts'
import { openLimits } from '../../app/limits/open-limits.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { invitesPerHour, limitsCases, signupSecrets, takeMany } from './limits-cases.ts'

let container: Container
let redis: Redis
let cacheUrl: string
let limits: Limits

const open = () => openLimits({ cacheUrl, invitesPerHour, signupSecrets })
const isLimited = async (key: string) => (await limits.take('link by address', key)) > 0

before(async () => {
  container = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  cacheUrl = `redis://127.0.0.1:${container.port(6379)}`
  redis = new Redis(cacheUrl)
  redis.on('error', () => {})
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
  limits = await open()
})

beforeEach(async () => void (await redis.flushall()))

after(async () => {
  await limits.close()
  redis.disconnect()
  await container.remove()
})

for (const [title, check] of Object.entries(limitsCases)) {
  test(`in Redis, ${title}`, () => check(limits))
}

test('in Redis, all instances count together', async () => {
  const other = await open()
  await takeMany(limits, 'link by address', 'one', 2)
  await takeMany(other, 'link by address', 'one', 1)
  assert.ok((await other.take('link by address', 'one')) > 0)
  await other.close()
})

test('in Redis, no address and no name can be read, and each key goes with its time', async () => {
  await limits.take('invite by client', '192.0.2.1')
  await limits.take('invite by address', 'ada@example.com')
  await limits.take('sign-in by name', 'ada')
  const keys = await redis.keys('*')
  assert.equal(keys.length, 3)
  for (const key of keys) {
    assert.match(key, /^limit:(invite|sign-in) by (client|address|name):[\w-]{22}$/)
    const seconds = await redis.ttl(key)
    assert.ok(seconds > 0 && seconds <= 3600)
  }
})

test('in Redis, a take is one command', async () => {
  await limits.take('invite by client', '192.0.2.1')
  const commands = async () => {
    const stats = await redis.info('commandstats')
    const calls = [...stats.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)]
    return Number(calls.find(([, name]) => name === 'evalsha')?.[2] ?? 0)
  }
  const processed = async () =>
    Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1] ?? 0)
  const [scripts, all] = [await commands(), await processed()]
  await takeMany(limits, 'invite by client', '192.0.2.1', 10)
  assert.equal((await commands()) - scripts, 10)
  // Each call of the script makes three more inside; the last is the one that asks.
  assert.ok((await processed()) - all <= 10 * 4 + 2)
})

for (const [fault, make, mend] of [
  ['dead', () => container.kill(), () => container.start()],
  ['frozen', () => container.pause(), () => container.unpause()],
] as const) {
  test(`Redis ${fault}: nobody is limited, and afterwards all are again`, async () => {
    await takeMany(limits, 'link by address', 'one', 3)
    assert.ok(await isLimited('one'))
    await make()
    try {
      const waits = await Promise.all(
        Array.from({ length: 500 }, () => limits.take('link by address', 'one')),
      )
      assert.deepEqual(new Set(waits), new Set([0]))
      assert.deepEqual(await takeMany(limits, 'link by address', 'one', 20), Array(20).fill(0))
    } finally {
      await mend()
    }
    await until(() => isLimited('one'), 'the limit to hold again')
  })
}

test('Redis frozen: once that is known, those who take do not wait', async () => {
  await container.pause()
  try {
    await takeMany(limits, 'link by address', 'one', 2)
    // A timer that is due at once comes after all that need no wait.
    const waiting = Symbol('waiting')
    const due = new Promise((resolve) => setTimeout(resolve, 0, waiting))
    const takes = Promise.all(Array.from({ length: 100 }, () => limits.take('link by address', 'one')))
    assert.notEqual(await Promise.race([takes, due]), waiting)
  } finally {
    await container.unpause()
  }
  await until(async () => (await takeMany(limits, 'link by address', 'two', 4))[3] !== 0, 'limits to be back')
})

test('limits that open before their Redis hold once it is there', async () => {
  await container.kill()
  const early = await open()
  assert.equal(await early.take('link by address', 'one'), 0)
  await container.start()
  await until(async () => (await takeMany(early, 'link by address', 'one', 4))[3] !== 0, 'the limit to hold')
  await early.close()
})

test('a full Redis limits nobody', async () => {
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to be back')
  await redis.config('SET', 'maxmemory', '1')
  try {
    assert.deepEqual(await takeMany(limits, 'link by address', 'full', 9), Array(9).fill(0))
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
})
