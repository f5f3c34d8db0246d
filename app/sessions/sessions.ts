import type { RequestHandler } from 'express'
import session, { MemoryStore, type Store } from 'express-session'
import type { StoreState } from '../cache/page-store.ts'
import type { Config } from '../config/config.ts'
import { SiteError } from '../errors.ts'
import { connectRedis, firstConnection } from '../redis/connect.ts'

/** Whose sessions: each kind has a cookie of its own, so that a visitor is never taken for an operator. */
const kinds = {
  visitor: { cookie: 'session', prefix: 'session:', lifetimeSeconds: 14 * 24 * 3600, rolling: true },
  operator: { cookie: 'operator', prefix: 'operator:', lifetimeSeconds: 8 * 3600, rolling: false },
} as const
export type SessionKind = keyof typeof kinds

/** Begins the keys of such sessions in their store. */
export const sessionPrefix = (kind: SessionKind): string => kinds[kind].prefix

/** A frozen store is given up after this; the visitor gets a page that says so instead of a wait. */
const answerMilliseconds = 300

export interface Sessions {
  /** Gives the request its session; fails with `unavailable` when the store does not answer. */
  readonly middleware: RequestHandler
  state(): StoreState
  close(): Promise<void>
}

export type SessionsConfig = Pick<Config, 'sessionsUrl' | 'sessionSecrets' | 'publicUrl'>

/** Sessions in Redis, or in this process for `memory:`. Only private routes may use them. */
export async function openSessions(config: SessionsConfig, kind: SessionKind = 'visitor'): Promise<Sessions> {
  const { cookie, lifetimeSeconds, rolling } = kinds[kind]
  const { store, state, close } = await openStore(config.sessionsUrl, kind)
  const secure = config.publicUrl.startsWith('https:')
  const inner = session({
    store,
    // The __Host- prefix makes browsers refuse the cookie from other hosts, paths or plain http.
    name: secure ? `__Host-${cookie}` : cookie,
    secret: [...config.sessionSecrets],
    resave: false,
    saveUninitialized: false,
    rolling,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: lifetimeSeconds * 1000 },
  })
  const middleware: RequestHandler = (req, res, next) =>
    inner(req, res, (error?: unknown) => {
      if (!error && req.session) return next()
      next(new SiteError('unavailable', 'the session store does not answer', { cause: error }))
    })
  return { middleware, state, close }
}

async function openStore(
  url: string,
  kind: SessionKind,
): Promise<{ store: Store; state: () => StoreState; close(): Promise<void> }> {
  if (url === 'memory:') return { store: new MemoryStore(), state: () => 'unused', close: async () => {} }
  const { RedisStore } = await import('connect-redis')
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  await firstConnection(redis, answerMilliseconds)
  return {
    store: new RedisStore({ client: redis, prefix: kinds[kind].prefix, ttl: kinds[kind].lifetimeSeconds }),
    state: () => (redis.status === 'ready' ? 'up' : 'down'),
    close: async () => redis.disconnect(),
  }
}
