import type { Log } from '../logging/log.ts'

const shortestPause = 500
const longestPause = 5000
const refusalLogPause = 60_000

export interface StoreBreaker {
  /** Runs one command: rejects when it takes longer, and at once while the store is being left alone. */
  within<T>(milliseconds: number, command: () => Promise<T>): Promise<T>
  isUp(): boolean
}

/**
 * A circuit breaker: after a failure the store is left alone for half a second, doubling to five, then
 * asked again. It logs when the store goes and when it is back, never in between. A reply that refuses
 * the command (out of memory, wrong type) shows a living store and does not open the circuit.
 */
export function storeBreaker({ name, log }: { name: string; log: Log }): StoreBreaker {
  let pause = 0
  let openUntil = 0
  let quietUntil = 0

  const succeed = () => {
    if (pause > 0) log.info({ store: name }, `${name}: back, used again`)
    pause = 0
    openUntil = 0
  }
  const fail = (error: Error) => {
    if (error.name === 'ReplyError') return refuse(error.message)
    if (pause === 0) log.warn({ store: name }, `${name}: ${error.message}; pages are rendered without it`)
    if (performance.now() < openUntil) return
    pause = Math.min(Math.max(pause * 2, shortestPause), longestPause)
    openUntil = performance.now() + pause
  }
  const refuse = (message: string) => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + refusalLogPause
    log.warn({ store: name }, `${name} refuses a command: ${message}`)
  }

  return {
    isUp: () => pause === 0,
    async within(milliseconds, command) {
      if (performance.now() < openUntil) throw new StoreAway(`${name} is left alone`)
      try {
        const reply = await inTime(milliseconds, command())
        succeed()
        return reply
      } catch (error) {
        fail(error as Error)
        throw error
      }
    },
  }
}

class StoreAway extends Error {
  override readonly name = 'StoreAway'
}

function inTime<T>(milliseconds: number, reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new StoreAway(`no answer within ${milliseconds} ms`))
    // A busy process runs its timers before it reads the answers that came in meanwhile: let it read first.
    const timer = setTimeout(() => setImmediate(late), milliseconds)
    reply.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
