import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'
import type { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterRedis } from 'rate-limiter-flexible'
import { inTime } from '../redis/in-time.ts'
import type { LimitRule } from './limit-rules.ts'
import type { LimitName, Limits } from './limits.ts'
import { takeOne } from './take-one.ts'

/** A visitor waits no longer than this for a limit, and nobody is limited by a store that is slower. */
export const answerMilliseconds = 250

const failuresInARow = 2
const pauseMilliseconds = 1000

/**
 * Limits in Redis, shared by all instances: one command a take. A store that failed twice is left alone for a
 * second, then one visitor tries it while the others go on unlimited.
 */
export function redisLimits(redis: Redis, rules: Readonly<Record<LimitName, LimitRule>>): Limits {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: pauseMilliseconds,
    breaker: new ConsecutiveBreaker(failuresInARow),
  })
  const limiters = limitersIn(redis, rules)
  return {
    async take(limit, key) {
      // Cockatiel lets the others wait for the one who tries.
      if (breaker.state === CircuitState.HalfOpen) return 0
      const taken = breaker.execute(() => inTime(answerMilliseconds, takeOne(limiters[limit], key)))
      return taken.catch(() => 0)
    },
    close: async () => redis.disconnect(),
  }
}

function limitersIn(redis: Redis, rules: Readonly<Record<LimitName, LimitRule>>) {
  const limiters = Object.entries(rules).map(([limit, { points, seconds }]) => [
    limit,
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `limit:${limit}`,
      points,
      duration: seconds,
      rejectIfRedisNotReady: true,
    }),
  ])
  return Object.fromEntries(limiters) as Readonly<Record<LimitName, RateLimiterAbstract>>
}
