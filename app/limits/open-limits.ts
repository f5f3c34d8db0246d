import type { Config } from '../config/config.ts'
import { limitKey } from './limit-key.ts'
import { type LimitRule, limitRules } from './limit-rules.ts'
import type { LimitName, Limits } from './limits.ts'

export type LimitsConfig = Pick<Config, 'cacheUrl' | 'invitesPerHour' | 'signupSecrets'>

/** Limits counted in the Redis of the page cache, or in this process for `memory:`. */
export async function openLimits(config: LimitsConfig): Promise<Limits> {
  const [secret = ''] = config.signupSecrets
  const { take, close } = await openStore(config.cacheUrl, limitRules(config))
  return { take: (limit, key) => take(limit, limitKey(secret, limit, key)), close }
}

async function openStore(url: string, rules: Readonly<Record<LimitName, LimitRule>>): Promise<Limits> {
  if (url === 'memory:') return (await import('./memory-limits.ts')).memoryLimits(rules)
  const [{ connectRedis, firstConnection }, { answerMilliseconds, redisLimits }] = await Promise.all([
    import('../redis/connect.ts'),
    import('./redis-limits.ts'),
  ])
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  await firstConnection(redis, answerMilliseconds)
  return redisLimits(redis, rules)
}
