import type { CountStore } from './count-store.ts'
import { type QueryCounts, queryCounts } from './query-counts.ts'

const answerMilliseconds = 1000

/** Counts in the store that a URL names: `redis://…`, or `memory:` for a process of its own. */
export const openQueryCounts = (url: string): QueryCounts => queryCounts(() => openStore(url))

async function openStore(url: string): Promise<CountStore> {
  if (url === 'memory:') return (await import('./memory-count-store.ts')).memoryCountStore()
  const [{ connectRedis, firstConnection }, { redisCountStore }] = await Promise.all([
    import('../redis/connect.ts'),
    import('./redis-count-store.ts'),
  ])
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  await firstConnection(redis, answerMilliseconds)
  return redisCountStore(redis)
}
