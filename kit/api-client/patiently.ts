import { pause } from '../deploy/watch/pause.ts'
import { LaterFailure } from './problem-failure.ts'

const PATIENCE_MS = 15_000

/** Asks, and for some seconds again where the API says when: what it refuses so has begun nothing. */
export async function patiently<T>(ask: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  for (const end = performance.now() + patienceMs; ; ) {
    try {
      return await ask()
    } catch (error) {
      const wait = error instanceof LaterFailure ? error.waitMs : Number.POSITIVE_INFINITY
      if (performance.now() + wait > end) throw error
      await pause(wait)
    }
  }
}
