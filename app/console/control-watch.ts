import { setTimeout as sleep } from 'node:timers/promises'
import { type ControlError, controlAway } from './control-error.ts'
import { Pace, pollMilliseconds } from './pace.ts'
import { type Questions, readApp, type Seen } from './read-app.ts'

/** The newest that is known of the app, and why it is not newer. */
export interface Watched {
  readonly seen: Seen | undefined
  readonly fault: ControlError | undefined
}

type Listener = (watched: Watched) => void

/** Where its time comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Ends early when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

const ownClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
}

// Whoever loads the page after a change is to see what became of it.
const freshMilliseconds = 1000

/** Asks control once for all who look: every two seconds while somebody listens, and not at all otherwise. */
export class ControlWatch {
  readonly #control: Questions
  readonly #clock: Clock
  readonly #pace = new Pace()
  readonly #tell: (fault: ControlError | undefined) => void
  readonly #listeners = new Set<Listener>()
  #watched: Watched = { seen: undefined, fault: undefined }
  #reading: Promise<void> | undefined
  #pause = pollMilliseconds
  /** When control wants to be asked again. */
  #notBefore = 0
  #rest: AbortController | undefined

  /** `tell` hears when control is away, and when it is back. */
  constructor(control: Questions, tell: (fault: ControlError | undefined) => void, clock: Clock = ownClock) {
    this.#control = control
    this.#tell = tell
    this.#clock = clock
  }

  /** How it is now; what is known already where control takes longer than that. */
  async latest(patienceMilliseconds: number): Promise<Watched> {
    const { seen, fault } = this.#watched
    const now = this.#clock.now()
    const isFresh = seen !== undefined && now - seen.at < freshMilliseconds && !fault
    if (isFresh || now < this.#notBefore) return this.#watched
    const tired = new AbortController()
    await Promise.race([this.#read(), this.#clock.sleep(patienceMilliseconds, tired.signal)])
    tired.abort()
    return this.#watched
  }

  /** Tells each reading until it is called off. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#poll()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#rest?.abort()
    }
  }

  async #poll(): Promise<void> {
    const rest = new AbortController()
    this.#rest = rest
    while (!rest.signal.aborted) {
      const begun = this.#clock.now()
      await this.#read()
      if (rest.signal.aborted) return
      for (const listener of this.#listeners) listener(this.#watched)
      const wait = Math.max(this.#pause - (this.#clock.now() - begun), pollMilliseconds / 4)
      await this.#clock.sleep(wait, rest.signal)
    }
  }

  #read(): Promise<void> {
    this.#reading ??= readApp(this.#control, this.#watched.seen, this.#clock.now())
      .then(
        (seen) => ({ seen, fault: undefined }),
        (error: unknown) => ({ ...this.#watched, fault: controlAway(error) }),
      )
      .then((watched) => {
        this.#reading = undefined
        this.#take(watched)
      })
    return this.#reading
  }

  #take(watched: Watched): void {
    const { fault } = watched
    if (fault?.message !== this.#watched.fault?.message) this.#tell(fault)
    this.#watched = watched
    this.#pause = this.#pace.after(fault)
    const isRefused = fault?.code === 'tooMany'
    this.#notBefore = isRefused ? this.#clock.now() + (fault.retryAfterSeconds ?? 0) * 1000 : 0
  }
}
