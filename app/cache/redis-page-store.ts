import type { Redis } from 'ioredis'
import type { Log } from '../logging/log.ts'
import { encodings } from './encodings.ts'
import { packVariant, unpackVariant } from './packed-variant.ts'
import type { PageStore } from './page-store.ts'
import { storeBreaker } from './store-breaker.ts'

const keptSeconds = 24 * 3600
/** A renderer that died keeps others waiting no longer than this. */
const lockMilliseconds = 3000

// A page may become at most 50 ms slower by a slow store: a get and a lock fit into that.
const getMilliseconds = 25
const lockAnswerMilliseconds = 15
const setMilliseconds = 1000

/**
 * Pages in Redis, a hash a page with a field an encoding. Calls reject when Redis is not there, answers
 * too late or refuses; after that they reject at once for a while, so that a dead store costs nothing.
 */
export function redisPageStore(redis: Redis, log: Log): PageStore {
  const { within, isUp } = storeBreaker({ name: 'page cache', log })
  return {
    get state() {
      return isUp() ? 'up' : 'down'
    },
    async get(key, encoding) {
      const packed = await within(getMilliseconds, () => redis.hgetBuffer(key, encoding))
      return packed ? unpackVariant(packed, encoding) : undefined
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
    async lock(key) {
      const lock = () => redis.set(`${key}#lock`, '1', 'PX', lockMilliseconds, 'NX')
      return (await within(lockAnswerMilliseconds, lock)) === 'OK'
    },
    async unlock(key) {
      await within(setMilliseconds, () => redis.del(`${key}#lock`))
    },
    close: async () => redis.disconnect(),
  }
}
