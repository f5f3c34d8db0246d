import { randomUUID } from 'node:crypto'
import type { Redis, Result } from 'ioredis'
import type { Log } from '../logging/log.ts'
import { encodings } from './encodings.ts'
import { packVariant, unpackVariant } from './packed-variant.ts'
import type { PageStore } from './page-store.ts'
import { storeBreaker } from './store-breaker.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    claimPageBuffer(
      page: string,
      lock: string,
      encoding: string,
      token: string,
      lockMilliseconds: number,
    ): Result<Buffer | number, Context>
    releasePage(lock: string, token: string): Result<number, Context>
  }
}

const keptSeconds = 24 * 3600
/** A renderer that died keeps others waiting no longer than this. */
const lockMilliseconds = 3000

/** A page may become at most 50 ms slower by a slow store. */
const claimMilliseconds = 45
const setMilliseconds = 1000

// One round trip instead of two. Whatever is not a hash with this field counts as no page.
const claimScript = `
  local packed = redis.pcall('HGET', KEYS[1], ARGV[1])
  if type(packed) == 'string' then return packed end
  if redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3], 'NX') then return 1 end
  return 0`

// A lock that expired under a slow render may be another's by now, and that one stays.
const releaseScript = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
  return 0`

/**
 * Pages in Redis, a hash a page with a field an encoding. Calls reject when Redis is not there, answers
 * too late or refuses; after that they reject at once for a while, so that a dead store costs nothing.
 */
export function redisPageStore(redis: Redis, log: Log): PageStore {
  const { within, isUp } = storeBreaker(redis, { name: 'page cache', log })
  redis.defineCommand('claimPage', { numberOfKeys: 2, lua: claimScript })
  redis.defineCommand('releasePage', { numberOfKeys: 1, lua: releaseScript })
  const token = randomUUID()
  const lockOf = (key: string) => `${key}#lock`

  return {
    get state() {
      return isUp() ? 'up' : 'down'
    },
    async claim(key, encoding) {
      const ask = () => redis.claimPageBuffer(key, lockOf(key), encoding, token, lockMilliseconds)
      const answer = await within(claimMilliseconds, ask)
      if (typeof answer === 'number') return answer === 1 ? 'yours' : 'theirs'
      const variant = unpackVariant(answer, encoding)
      return variant ? { variant } : 'yours'
    },
    async set(key, variants) {
      const fields = encodings.flatMap((encoding) => [encoding, packVariant(variants[encoding])])
      const transaction = redis
        .multi()
        .del(key)
        .hset(key, ...fields)
        .expire(key, keptSeconds)
      await within(setMilliseconds, () => transaction.exec())
    },
    async release(key) {
      await within(setMilliseconds, () => redis.releasePage(lockOf(key), token))
    },
    close: async () => redis.disconnect(),
  }
}
