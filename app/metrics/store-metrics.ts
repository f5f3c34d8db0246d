import type { Redis } from 'ioredis'
import { Gauge, type Registry } from 'prom-client'
import type { Config } from '../config/config.ts'
import { connectRedis } from '../redis/connect.ts'
import { inTime } from '../redis/in-time.ts'

const answerMilliseconds = 600

/** The stores that a part reaches, with their addresses; a worker has no other. */
export const storesOf = (part: 'webapp' | 'worker', config: Config): Record<string, string> =>
  part === 'worker'
    ? { queue: config.queueUrl }
    : { cache: config.cacheUrl, sessions: config.sessionsUrl, queue: config.queueUrl }

/** How full each Redis is, as it says itself; without an answer there is no number. Gives what ends the connections. */
export function addStoreMetrics(registry: Registry, urls: Readonly<Record<string, string>>): () => void {
  const stores = Object.entries(urls)
    .filter(([, url]) => url !== 'memory:')
    .map(([store, url]) => ({ store, redis: connectRedis(url, { commandTimeout: answerMilliseconds }) }))
  const addGauge = (name: string, help: string, valueIn: (memory: StoreMemory) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['store'],
      registers: [registry],
      async collect() {
        const asked = stores.map(async ({ store, redis }) => ({ store, memory: await memoryOf(redis) }))
        const answers = await Promise.all(asked)
        this.reset()
        for (const { store, memory } of answers) if (memory) this.set({ store }, valueIn(memory))
      },
    })
  addGauge('dogfood_redis_memory_bytes', 'What a store holds of its maxmemory.', ({ used }) => used)
  addGauge('dogfood_redis_memory_limit_bytes', 'maxmemory of a store; 0 without one.', ({ limit }) => limit)
  return () => {
    for (const { redis } of stores) redis.disconnect()
  }
}

interface StoreMemory {
  readonly used: number
  readonly limit: number
}

const memoryOf = (redis: Redis): Promise<StoreMemory | undefined> =>
  inTime(answerMilliseconds, redis.info('memory')).then(readMemory, () => undefined)

/** Reads what Redis' INFO says of memory. Buffers for its disk and its replicas do not count against the limit. */
export function readMemory(info: string): StoreMemory | undefined {
  const numbers = Object.fromEntries(
    [...info.matchAll(/^(\w+):(\d+)\r?$/gm)].map(([, name = '', value]) => [name, Number(value)]),
  )
  const { used_memory: used, maxmemory: limit = 0, mem_not_counted_for_evict: buffers = 0 } = numbers
  return used === undefined ? undefined : { used: used - buffers, limit }
}
