import type { SessionData } from 'express-session'
import type { Redis } from 'ioredis'
import { SiteError } from '../errors.ts'
import { sessionPrefix } from '../sessions/sessions.ts'

export interface PersonSession {
  readonly key: string
  readonly held: Partial<SessionData>
}

const readAtOnce = 1000

/** The sessions that hold this address, because somebody signed up or is signed in there. */
export async function sessionsOf(redis: Redis, email: string): Promise<PersonSession[]> {
  const found: PersonSession[] = []
  try {
    for await (const keys of redis.scanStream({ match: `${sessionPrefix('visitor')}*`, count: readAtOnce })) {
      found.push(...(await readSessions(redis, keys)).filter(({ held }) => isOf(held, email)))
    }
  } catch (cause) {
    throw new SiteError('unavailable', 'the session store does not answer', { cause })
  }
  // A scan may meet a key twice.
  return [...new Map(found.map((session) => [session.key, session])).values()]
}

/** Ends them; the number of those that were there. */
export async function endSessionsOf(redis: Redis, email: string): Promise<number> {
  const keys = (await sessionsOf(redis, email)).map(({ key }) => key)
  return keys.length === 0 ? 0 : redis.del(keys)
}

async function readSessions(redis: Redis, keys: readonly string[]): Promise<PersonSession[]> {
  if (keys.length === 0) return []
  const texts = await redis.mget([...keys])
  return keys.map((key, at) => ({ key, held: JSON.parse(texts[at] ?? '{}') as Partial<SessionData> }))
}

const isOf = ({ signup, account }: Partial<SessionData>, email: string): boolean =>
  signup?.email === email || account?.email === email
