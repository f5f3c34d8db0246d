import type { Log } from '../logging/log.ts'

export interface AppearingParts {
  /** The next moment at which something appears, in milliseconds since 1970. */
  readonly next: () => number | undefined
  /** Reads the site again. */
  readonly refresh: () => Promise<unknown>
  readonly log: Pick<Log, 'error'>
}

const lookMilliseconds = 1000
const retryMilliseconds = 60_000

/**
 * Refreshes the site when something is to appear, until it is stopped. The clock is looked at each second: a
 * timer for the moment itself would miss a clock that is set, and could not be set for more than 24 days.
 */
export function showInTime({ next, refresh, log }: AppearingParts): { stop(): void } {
  let busyUntil = 0
  const look = () => {
    const moment = next()
    if (moment === undefined || Date.now() < moment || performance.now() < busyUntil) return
    busyUntil = Number.POSITIVE_INFINITY
    refresh().then(
      () => {
        busyUntil = 0
      },
      (error: unknown) => {
        busyUntil = performance.now() + retryMilliseconds
        const what =
          'what is scheduled for now cannot be shown: the content cannot be read; trying again in a minute'
        log.error({ err: error }, what)
      },
    )
  }
  const timer = setInterval(look, lookMilliseconds).unref()
  return { stop: () => clearInterval(timer) }
}

/** The same work, but never twice at once: two that overlap could end with the older result. */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
