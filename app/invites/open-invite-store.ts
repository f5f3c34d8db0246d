import type { InviteStore } from './invite-store.ts'

/** The store that a URL names: `redis://…`, or `memory:` for a process of its own. */
export async function openInviteStore(url: string): Promise<InviteStore> {
  if (url === 'memory:') return (await import('./memory-invite-store.ts')).memoryInviteStore()
  const [{ connectRedis, firstConnection }, { redisInviteStore }, { answerMilliseconds }] = await Promise.all(
    [import('../redis/connect.ts'), import('./redis-invite-store.ts'), import('./store-answers.ts')],
  )
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  await firstConnection(redis, answerMilliseconds)
  return redisInviteStore(redis)
}
