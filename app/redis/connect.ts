import { Redis } from 'ioredis'

const keepAliveMilliseconds = 300_000
const slowestReconnect = 1000
const connectMilliseconds = 500
// Of a Redis that is gone without a word; no command blocks longer than 10 s.
const silenceMilliseconds = 20_000

/**
 * A connection that fails fast: a command is refused at once while Redis is away, never queued, and
 * tried once. It reconnects by itself for ever.
 */
export function connectRedis(url: string, options: { commandTimeout?: number } = {}): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 0,
    connectTimeout: connectMilliseconds,
    // Swarm's virtual IPs forget connections idle for 900 s: https://github.com/moby/moby/issues/31208
    keepAlive: keepAliveMilliseconds,
    retryStrategy: nextReconnect,
    ...options,
  })
  // Each failed command tells its caller; without a listener every failed reconnect would print a stack.
  redis.on('error', () => {})
  return redis
}

/**
 * A connection that waits as long as it takes: commands are kept while Redis is away, and sent again when it is back.
 * For processes that have nothing to do without Redis.
 */
export function connectPatiently(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    connectTimeout: connectMilliseconds,
    keepAlive: keepAliveMilliseconds,
    socketTimeout: silenceMilliseconds,
    retryStrategy: nextReconnect,
  })
  redis.on('error', () => {})
  return redis
}

const nextReconnect = (attempt: number): number => Math.min(attempt * 100, slowestReconnect)

/** Waits for a new connection until it is there or has failed once, at most so long. */
export function firstConnection(redis: Redis, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const settle = () => {
      clearTimeout(timer)
      resolve()
    }
    redis.once('ready', settle).once('close', settle)
  })
}
