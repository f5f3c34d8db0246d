import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Redis } from 'ioredis'
import { redisPageStore } from '../../app/cache/redis-page-store.ts'
import { compress } from '../../app/cache/variant.ts'
import { createLog } from '../../app/logging/log.ts'
import { connectRedis, firstConnection } from '../../app/redis/connect.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'

const log = createLog({ logLevel: 'silent', release: 'r', instance: 'i' })
let container: Container
let redis: Redis

before(async () => {
  container = await startContainer({ image: 'redis:8.10.1', ports: [6379] })
  redis = connectRedis(`redis://127.0.0.1:${container.port(6379)}`)
  await firstConnection(redis, 5000)
  await until(async () => (await redis.ping()) === 'PONG', 'Redis to answer')
})

after(async () => {
  redis.disconnect()
  await container.remove()
})

test('one of two stores may render a page, until it lets go', async () => {
  const [one, other] = [redisPageStore(redis, log), redisPageStore(redis, log)]
  assert.equal(await one.claim('page:a', 'br'), 'yours')
  assert.equal(await other.claim('page:a', 'br'), 'theirs')
  await one.release('page:a')
  assert.equal(await other.claim('page:a', 'br'), 'yours')
})

test('a store cannot let go of what another one holds', async () => {
  const [one, other] = [redisPageStore(redis, log), redisPageStore(redis, log)]
  assert.equal(await one.claim('page:b', 'br'), 'yours')
  await other.release('page:b')
  assert.equal(await other.claim('page:b', 'br'), 'theirs')
})

test('a stored page is there in each encoding, and for a day', async () => {
  const store = redisPageStore(redis, log)
  await store.set('page:c', await compress('<p>c</p>', 'public'))
  for (const encoding of ['br', 'gzip', 'identity'] as const) {
    const claim = await store.claim('page:c', encoding)
    assert.equal(typeof claim === 'object' && claim.variant.encoding, encoding)
  }
  assert.ok((await redis.ttl('page:c')) > 80_000)
})
