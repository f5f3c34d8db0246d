import type { IncomingMessage } from 'node:http'
import type { Origin } from './audit.ts'
import { ApiProblem } from './problem.ts'
import { type Rate, RateLimit } from './rate-limit.ts'
import { type Token, tokenIn } from './tokens.ts'

/** How often somebody may ask. */
export interface Rates {
  /** Of a token: as often for what it reads, and as often for what it changes. */
  readonly token: Rate
  /** Of an address, with wrong tokens or none. */
  readonly stranger: Rate
}

export const defaultRates: Rates = {
  token: { burst: 60, perSecond: 10 },
  stranger: { burst: 10, perSecond: 0.2 },
}

/** Lets in who has a token and does not ask too often. Throws an ApiProblem for all others. */
export function admission(tokens: readonly Token[], rates: Rates) {
  const readers = new RateLimit(rates.token)
  const changers = new RateLimit(rates.token)
  const strangers = new RateLimit(rates.stranger)
  return ({ method, headers }: IncomingMessage, { address }: Origin): Token => {
    const token = tokenIn(headers.authorization, tokens)
    // Whoever looks too often can still stop a bad version.
    const known = method === 'GET' ? readers : changers
    // A good token counts by itself alone: strangers behind the same proxy must not lock anybody out.
    const wait = token ? known.take(token.name) : strangers.take(address)
    if (wait > 0) throw new ApiProblem('too many', `Ask again in ${wait} s.`, { 'Retry-After': String(wait) })
    if (token) return token
    throw new ApiProblem('no token', 'A known token is needed.', { 'WWW-Authenticate': 'Bearer' })
  }
}
