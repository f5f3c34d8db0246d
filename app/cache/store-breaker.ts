import type { Redis } from 'ioredis'
import type { Log } from '../logging/log.ts'
import { firstConnection } from '../redis/connect.ts'

const shortestPause = 500
const longestPause = 5000
const refusalLogPause = 60_000
const connectMilliseconds = 25
const turnMilliseconds = 5

export interface StoreBreaker {
  /** Runs one command: rejects when it takes longer, and at once while the store is away or left alone. */
  within<T>(milliseconds: number, command: () => Promise<T>): Promise<T>
  isUp(): boolean
}

/**
 * A circuit breaker: a store that does not answer in time is left alone for half a second, doubling to
 * five, then asked again. It logs when the store goes and when it is back, never in between. A reply that
 * refuses the command (out of memory, wrong type) shows a living store and does not open the circuit.
 */
export function storeBreaker(redis: Redis, { name, log }: { name: string; log: Log }): StoreBreaker {
  let down = false
  let pause = 0
  let openUntil = 0
  let quietUntil = 0

  const isConnected = () => redis.status === 'ready'
  const goDown = (why: string) => {
    if (!down) log.warn({ store: name }, `${name}: ${why}; pages are rendered without it`)
    down = true
  }
  const comeBack = () => {
    if (down) log.info({ store: name }, `${name}: back, used again`)
    down = false
    pause = 0
    openUntil = 0
  }
  const openCircuit = () => {
    if (performance.now() < openUntil) return
    pause = Math.min(Math.max(pause * 2, shortestPause), longestPause)
    openUntil = performance.now() + pause
  }
  const logRefusal = (message: string) => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + refusalLogPause
    log.warn({ store: name }, `${name} refuses a command: ${message}`)
  }
  redis.on('error', (error) => goDown(error.message)).on('close', () => goDown('the connection is closed'))
  redis.on('ready', comeBack)

  let opening: Promise<void> | undefined = firstConnection(redis, connectMilliseconds).finally(() => {
    opening = undefined
  })

  return {
    isUp: () => isConnected() && !down,
    async within(milliseconds, command) {
      // Other instances may have rendered everything already, so a new one waits a moment for the store.
      const waited = await timed(opening)
      if (!isConnected() || performance.now() < openUntil) throw new StoreAway(`${name} is away`)
      try {
        const reply = await inTime(milliseconds - waited, command())
        comeBack()
        return reply
      } catch (error) {
        const { name: kind, message } = error as Error
        if (kind === 'ReplyError') logRefusal(message)
        if (error instanceof StoreAway) {
          goDown(message)
          openCircuit()
        }
        throw error
      }
    },
  }
}

/** Milliseconds until it is done. */
async function timed(done: Promise<void> | undefined): Promise<number> {
  if (!done) return 0
  const start = performance.now()
  await done
  return performance.now() - start
}

class StoreAway extends Error {
  override readonly name = 'StoreAway'
}

/**
 * Patience is counted in turns of the event loop, not by the clock: a process that is itself short of
 * processor time reads its answers late, and that is not the store's fault.
 */
function inTime<T>(milliseconds: number, reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let turns = milliseconds / turnMilliseconds
    const timer = setInterval(() => {
      turns -= 1
      if (turns > 0) return
      clearInterval(timer)
      reject(new StoreAway(`no answer within ${milliseconds} ms`))
    }, turnMilliseconds)
    reply.then(resolve, reject).finally(() => clearInterval(timer))
  })
}
