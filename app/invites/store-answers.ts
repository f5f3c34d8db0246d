import type { Redis } from 'ioredis'
import type { StoreState } from '../cache/page-store.ts'
import { SiteError } from '../errors.ts'
import { inTime } from '../redis/in-time.ts'

/** A store that is up answers in a few milliseconds; after this it is down for whoever asked. */
export const answerMilliseconds = 900

export interface StoreAnswers {
  /** What the work on the store gives; SiteError `unavailable` when it fails or takes too long. */
  ask<T>(work: () => Promise<T>): Promise<T>
  state(): StoreState
}

export function storeAnswers(redis: Redis): StoreAnswers {
  let failed = false
  return {
    async ask(work) {
      try {
        const answer = await inTime(answerMilliseconds, work())
        failed = false
        return answer
      } catch (error) {
        failed = true
        // Not as its cause: an error of ioredis carries the command, and with it a visitor's data.
        const why = error instanceof Error ? error.message : String(error)
        throw new SiteError('unavailable', `the invites in the Redis of QUEUE_URL cannot be used: ${why}`)
      }
    },
    state: () => (redis.status === 'ready' && !failed ? 'up' : 'down'),
  }
}
