import { advance } from '../canary/advance.ts'
import { announce } from '../canary/announce.ts'
import type { CanaryEvent } from '../canary/event.ts'
import { canaryName } from '../canary/say.ts'
import { shareOf } from '../canary/share-of.ts'
import type { Canary } from '../canary/state.ts'
import { type KeptState, underWay } from '../canary/store.ts'
import type { Balancers } from './balancers.ts'
import type { Engine } from './engine-api.ts'
import { Pursuit } from './pursuit.ts'
import { wordOf } from './word.ts'
import type { Work } from './work.ts'

/** The states of canaries in the swarm. */
export interface Store {
  /** Oldest first. */
  read(): Promise<readonly KeptState[]>
  /** Whether that was the first of its number. */
  write(number: number, canary: Canary): Promise<boolean>
}

/** What the control of an app works with. */
export interface Control {
  readonly stack: string
  readonly engine: Engine
  readonly store: Store
  readonly balancers: Balancers
  readonly work: Work
  readonly now: () => Date
  readonly tell: (level: 'info' | 'error', line: string) => void
}

/** A line of the log so often says why nothing happens. */
const TELL_MS = 60_000

/**
 * Brings the swarm and its balancers to what the newest state of a canary says, and that state on by what is seen. All
 * that must not be lost is in the swarm: another control may go on at any moment.
 */
export class Steersman {
  readonly #control: Control
  #pursuit: Pursuit | undefined
  #word: string | undefined
  #isIdle = false
  #tidied = false
  #toldAt: number

  constructor(control: Control) {
    this.#control = control
    this.#toldAt = control.now().getTime()
  }

  /** What the canary under way waits for; empty where that is nothing. */
  get waitsFor(): string {
    return this.#pursuit?.waitsFor ?? ''
  }

  /** What balancers are to know; undefined before the swarm was asked. */
  get word(): string | undefined {
    return this.#word
  }

  /** Whether no canary is under way. */
  get isIdle(): boolean {
    return this.#isIdle
  }

  /** Ends what it has begun beside; another control begins that anew. */
  end(): void {
    this.#pursuit?.end()
  }

  /** Looks once, and does what is to be done. Throws what the swarm or its engine says. */
  async tick(): Promise<void> {
    const { store, balancers } = this.#control
    const states = await store.read()
    const kept = underWay(states)
    this.#isIdle = kept === undefined
    this.#word = wordOf(states)
    await balancers.steer(this.#word)
    if (kept) await this.#pursue(kept)
    else await this.#tidy(states.at(-1))
  }

  async #pursue(kept: KeptState): Promise<void> {
    const { canary } = kept
    this.#tidied = false
    if (this.#pursuit?.id !== canary.id) {
      this.end()
      this.#pursuit = new Pursuit(this.#control, canary)
    }
    const event = await this.#pursuit.look(canary)
    this.#tellWaiting(canary)
    if (event) await this.#move(kept, this.#pursuit, event)
  }

  #tellWaiting(canary: Canary): void {
    const { now, tell } = this.#control
    const at = now().getTime()
    if (at - this.#toldAt < TELL_MS || this.waitsFor === '') return
    this.#toldAt = at
    tell('info', `${canaryName(canary)} waits for: ${this.waitsFor}`)
  }

  /** Somebody else may have written the next state meanwhile; then that is what counts. */
  async #move({ number, canary }: KeptState, pursuit: Pursuit, event: CanaryEvent): Promise<void> {
    const { store, now, tell } = this.#control
    const outcome = advance(canary, event, now())
    if (outcome.kind !== 'moved') return
    await pursuit.keepEvidence(outcome.canary)
    if (!(await store.write(number + 1, outcome.canary))) return
    tell('info', announce(canary, outcome.canary))
    // Who is taken back has waited long enough.
    if (shareOf(outcome.canary) === 0) await this.tick()
  }

  /** Once after each end: what the canary alone needed goes. */
  async #tidy(last: KeptState | undefined): Promise<void> {
    this.end()
    this.#pursuit = undefined
    if (this.#tidied) return
    this.#tidied = await this.#control.work.tidy(last && endOf(last.canary))
  }
}

const endOf = ({ phase }: Canary): Date | undefined =>
  phase.kind === 'ended' ? new Date(phase.since) : undefined
