import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckResult, sayCheck } from '../canary/check.ts'
import type { Cause } from '../canary/state.ts'

/** What the swarm does not do now it may do in some seconds; after so many of them it counts as failed. */
const FAULTS = 30
const FAULT_PAUSE_MS = 5000

/** Runs a check to its end. */
export type RunCheck = (text: string, signal: AbortSignal) => Promise<CheckResult>

/** The checks before one step, all at the same time. Nobody waits for them: whoever looks asks how they are. */
export class CheckRound {
  readonly #stopping = new AbortController()
  readonly #tell: (line: string) => void
  readonly #pauseMs: number
  #left: number
  #failure: Cause | undefined

  constructor(
    checks: readonly string[],
    run: RunCheck,
    tell: (line: string) => void,
    pauseMs = FAULT_PAUSE_MS,
  ) {
    this.#tell = tell
    this.#pauseMs = pauseMs
    this.#left = checks.length
    for (const [at, text] of checks.entries())
      this.#untilEnd(text, run).then(
        (result) => this.#note(result, `check ${at + 1} of ${checks.length}`, sayCheck(text)),
        // It was stopped: what it would say is of no use.
        () => undefined,
      )
  }

  /** The first of them that failed. */
  get failure(): Cause | undefined {
    return this.#failure
  }

  get isPassed(): boolean {
    return this.#left === 0 && this.#failure === undefined
  }

  /** Ends those that still run. */
  stop(): void {
    this.#stopping.abort()
  }

  #note({ passed, evidence }: CheckResult, name: string, what: string): void {
    if (this.#stopping.signal.aborted) return
    this.#left--
    this.#tell(`${name} ${passed ? 'passed' : 'failed'}: ${what}`)
    if (passed) return
    this.#failure ??= { reason: `${name} failed: ${what}`, evidence }
  }

  async #untilEnd(text: string, run: RunCheck): Promise<CheckResult> {
    const { signal } = this.#stopping
    for (let fault = 1; ; fault++) {
      try {
        return await run(text, signal)
      } catch (error) {
        signal.throwIfAborted()
        const why = error instanceof Error ? error.message : String(error)
        this.#tell(`${sayCheck(text)} is run again: ${why}`)
        if (fault === FAULTS) return { passed: false, evidence: [`the swarm does not run it: ${why}`] }
      }
      await sleep(this.#pauseMs, undefined, { signal })
    }
  }
}
