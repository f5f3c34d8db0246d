import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { LimitRule } from './limit-rules.ts'
import type { LimitName, Limits } from './limits.ts'
import { takeOne } from './take-one.ts'

/** Limits in this process, for a single one. */
export function memoryLimits(rules: Readonly<Record<LimitName, LimitRule>>): Limits {
  const limiters = new Map<LimitName, RateLimiterMemory>()
  const limiterOf = (limit: LimitName) => {
    const { points, seconds } = rules[limit]
    const limiter = limiters.get(limit) ?? new RateLimiterMemory({ points, duration: seconds })
    limiters.set(limit, limiter)
    return limiter
  }
  return { take: (limit, key) => takeOne(limiterOf(limit), key), close: async () => {} }
}
