import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

/** Takes one; the whole seconds to wait when nothing is left, else 0. Rejects when the store fails. */
export async function takeOne(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw refusal
  }
}
