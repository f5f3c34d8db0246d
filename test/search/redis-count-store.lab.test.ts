import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Redis } from 'ioredis'
import { connectRedis, firstConnection } from '../../app/redis/connect.ts'
import { openQueryCounts } from '../../app/search/open-query-counts.ts'
import { monthOf } from '../../app/search/query-counts.ts'
import { redisCountStore } from '../../app/search/redis-count-store.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'
import { countStoreCases } from './count-store-cases.ts'

let container: Container
let redis: Redis
let url: string

before(async () => {
  container = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  url = `redis://127.0.0.1:${container.port(6379)}`
  redis = connectRedis(url)
  await firstConnection(redis, 5000)
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
})

after(async () => {
  redis.disconnect()
  await container.remove()
})

for (const [title, check] of Object.entries(countStoreCases)) {
  test(`in Redis, ${title}`, async () => {
    await redis.flushall()
    await check(redisCountStore(redis))
  })
}

test('in Redis, a month is gone after a year and a month', async () => {
  await redisCountStore(redis).add('2026-01', { all: new Map([['a', 1]]), nothing: new Map() })
  const days = (await redis.ttl('searches:2026-01:all')) / 86_400
  assert.ok(days > 390 && days < 400, `${days} days`)
})

test('whoever is the first to look waits for the connection', async () => {
  await redis.flushall()
  const counts = openQueryCounts(url)
  assert.deepEqual(await counts.top('2026-01', 'all', 1), [])
  await counts.close()
})

test('two instances count in one place, and hand on what they gathered when they close', async () => {
  await redis.flushall()
  const [one, other] = [openQueryCounts(url), openQueryCounts(url)]
  one.count('lantern', 3)
  other.count('lantern', 3)
  other.count('quince', 0)
  await Promise.all([one.close(), other.close()])
  const store = redisCountStore(redis)
  const month = monthOf(new Date())
  assert.deepEqual(await store.top(month, 'all', 9), [
    { query: 'lantern', count: 2 },
    { query: 'quince', count: 1 },
  ])
  assert.deepEqual(await store.top(month, 'nothing', 9), [{ query: 'quince', count: 1 }])
})

test('nothing but queries and their counts is in the store', async () => {
  await redis.flushall()
  const counts = openQueryCounts(url)
  counts.count('lantern', 3)
  await counts.close()
  const month = monthOf(new Date())
  assert.deepEqual(await redis.keys('*'), [`searches:${month}:all`])
})
