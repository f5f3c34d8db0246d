import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../app/console/control-watch.ts'

/** A clock whose time passes as fast as what waits for it can be done. */
export class VirtualClock implements Clock {
  #now = 0
  readonly #waiting = new Set<{ readonly at: number; readonly wake: () => void }>()

  now = (): number => this.#now

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { at: this.#now + milliseconds, wake: resolve }
      this.#waiting.add(sleeper)
      signal.addEventListener('abort', () => {
        this.#waiting.delete(sleeper)
        resolve()
      })
    })
  }

  /** Lets so much time pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (;;) {
      await turn()
      const [next] = [...this.#waiting].sort((a, b) => a.at - b.at)
      if (next === undefined || next.at > end) break
      this.#waiting.delete(next)
      this.#now = next.at
      next.wake()
    }
    this.#now = end
  }
}
