import type { CanaryEvent } from '../canary/event.ts'
import type { Canary } from '../canary/state.ts'
import { CheckRound, type RunCheck } from './check-round.ts'

/**
 * Holds a canary back until its checks have passed: before its first visitor, and before each step that it takes by
 * itself. What was checked at another step is forgotten.
 */
export class Gate {
  readonly #tell: (line: string) => void
  #place = ''
  #round: CheckRound | undefined

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /** Whether checks hold the canary back. */
  get isClosed(): boolean {
    return this.#round !== undefined && !this.#round.isPassed
  }

  /** To where the canary is; the event of a check that has failed there. */
  at({ phase }: Canary): CanaryEvent | undefined {
    const place = JSON.stringify(phase)
    if (place !== this.#place) this.stop()
    this.#place = place
    const failure = this.#round?.failure
    return failure && { kind: 'check-failed', ...failure }
  }

  /** Whether a canary with these checks may take a step; begins them where they were not. */
  admits(checks: readonly string[], run: RunCheck): boolean {
    if (checks.length === 0) return true
    this.#round ??= new CheckRound(checks, run, this.#tell)
    return this.#round.isPassed
  }

  /** Ends what still runs. */
  stop(): void {
    this.#round?.stop()
    this.#round = undefined
  }
}
