import type { Redis } from 'ioredis'
import { type CountStore, type List, lists, monthsKept, mostKept } from './count-store.ts'

const keptSeconds = Math.round((monthsKept * 365.25 * 24 * 3600) / 12)

const keyOf = (month: string, list: List): string => `searches:${month}:${list}`

/** Counts in Redis, a sorted set a month and list, shared by all instances. */
export const redisCountStore = (redis: Redis): CountStore => ({
  async add(month, batch) {
    if (redis.status !== 'ready') return false
    const commands = redis.multi()
    for (const list of lists) {
      if (batch[list].size === 0) continue
      const key = keyOf(month, list)
      for (const [query, count] of batch[list]) commands.zincrby(key, count, query)
      commands.zremrangebyrank(key, 0, -mostKept - 1).expire(key, keptSeconds)
    }
    // Whether a store that breaks off now has added them cannot be known: rather a few too few than twice.
    await commands.exec().catch(() => undefined)
    return true
  },
  async top(month, list, most) {
    const flat = await redis.zrevrange(keyOf(month, list), 0, most - 1, 'WITHSCORES')
    return Array.from({ length: flat.length / 2 }, (_, at) => ({
      query: flat[2 * at] ?? '',
      count: Number(flat[2 * at + 1]),
    }))
  },
  close: async () => redis.disconnect(),
})
