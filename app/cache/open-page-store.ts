import type { Log } from '../logging/log.ts'
import { noPageStore, type PageStore } from './page-store.ts'

/** The store a URL names: `redis://…`, or `memory:` for a process that shares with nobody. */
export async function openPageStore(url: string, log: Log): Promise<PageStore> {
  if (url === 'memory:') return noPageStore
  const [{ connectRedis }, { redisPageStore }] = await Promise.all([
    import('../redis/connect.ts'),
    import('./redis-page-store.ts'),
  ])
  return redisPageStore(connectRedis(url), log)
}
