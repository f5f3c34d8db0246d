import { advance } from '../canary/advance.ts'
import type { CanaryEvent } from '../canary/event.ts'
import { shareOf } from '../canary/share-of.ts'
import type { Canary, Phase } from '../canary/state.ts'
import type { Task } from '../swarm/tasks.ts'
import type { Control } from './control.ts'
import { Gate } from './gate.ts'
import { questionOf } from './question.ts'
import { ageOf, Readiness } from './readiness.ts'
import { Sampler } from './sampler.ts'
import { sayWaiting } from './waiting.ts'

const LOOK_MS = 5000
/** Fronts know of an end within two seconds; then nobody asks for a page of it any more. */
const FRONTS_MS = 3000
/** What is under way may end, as long as a page may take. */
const DRAIN_MS = 20_000
const LAST_PHASES: readonly Phase['kind'][] = ['promoting', 'aborting', 'ended']

/** Follows one canary: what is seen of it, as events. */
export class Pursuit {
  readonly id: string
  readonly #control: Control
  readonly #sampler: Sampler
  readonly #gate: Gate
  readonly #readiness: Readiness
  #waitsFor = ''
  #isKept = false
  #looked = 0
  #promotion: { event?: CanaryEvent; isOver: boolean } | undefined

  constructor(control: Control, canary: Canary) {
    this.id = canary.id
    this.#control = control
    this.#sampler = new Sampler(new Date(canary.begun))
    this.#gate = new Gate((line) => control.tell('info', line))
    this.#readiness = new Readiness(control)
  }

  /** What the canary waits for, as it was looked at; empty where that is nothing. */
  get waitsFor(): string {
    return this.#waitsFor
  }

  /** Ends the checks that still run. */
  end(): void {
    this.#gate.stop()
  }

  /** What is to be told of the canary as it is; undefined where that is nothing, and while checks hold it back. */
  async look(canary: Canary): Promise<CanaryEvent | undefined> {
    const failed = this.#gate.at(canary)
    if (failed) return failed
    const event = await this.#seen(canary)
    const isAdmitted = event === undefined || this.#isAdmitted(canary, event)
    const { needed: requests } = this.#sampler
    this.#waitsFor = sayWaiting(canary, { requests, checks: this.#gate.isClosed, now: this.#control.now() })
    return isAdmitted ? event : undefined
  }

  /** Whether the checks have passed, if the canary would get more visitors by this, or be promoted. */
  #isAdmitted(canary: Canary, event: CanaryEvent): boolean {
    const { stack, now, work } = this.#control
    const outcome = advance(canary, event, now())
    if (outcome.kind !== 'moved' || outcome.canary.phase.kind === 'aborting') return true
    if (event.kind !== 'ready' && event.kind !== 'verdict') return true
    const seen = canary.phase.kind === 'starting' ? [] : this.#sampler.intervals
    const question = questionOf(stack, canary, outcome.canary, seen)
    return this.#gate.admits(canary.checks ?? [], (text, signal) =>
      work.check(canary, text, question, signal),
    )
  }

  async #seen(canary: Canary): Promise<CanaryEvent | undefined> {
    switch (canary.phase.kind) {
      case 'starting':
        return this.#readiness.look(canary)
      case 'stepping':
      case 'holding':
      case 'paused':
        return this.#judged(canary)
      case 'promoting':
        return this.#promoting(canary)
      case 'aborting':
        return this.#aborting(canary.phase.since)
      case 'ended':
        return undefined
    }
  }

  /**
   * What was seen of both versions, before it is taken back or promoted, or has ended where an operator did that; and
   * before it has all visitors, for then it is compared with what the old one did before.
   */
  async keepEvidence(next: Canary): Promise<void> {
    const { work } = this.#control
    if (shareOf(next) === 100) await this.#isDone(work.keepEarlier(this.id, this.#sampler.earlier))
    if (!LAST_PHASES.includes(next.phase.kind) || this.#isKept) return
    const record = this.#sampler.record(next)
    if (record === undefined) return
    this.#isKept = await this.#isDone(work.keepRecord(this.id, record))
  }

  /** Without what was to be kept a canary can still be taken back, or go on. */
  #isDone(keeping: Promise<void>): Promise<boolean> {
    return keeping.then(
      () => true,
      ({ message }: Error) => {
        this.#control.tell('error', `what was seen of the canary is not kept: ${message}`)
        return false
      },
    )
  }

  async #judged(canary: Canary): Promise<CanaryEvent | undefined> {
    if (performance.now() - this.#looked < LOOK_MS) return undefined
    this.#looked = performance.now()
    const { engine, balancers, work, stack, now } = this.#control
    const services = (await engine.services(stack)).filter(({ component }) => component === canary.component)
    const serviceOf = (kind: string) => services.find((one) => one.kind === kind)
    const tasksOf = async (kind: string): Promise<Task[]> => {
      const service = serviceOf(kind)
      return service ? engine.tasks(service.name) : []
    }
    const wantedOf = (kind: string): number => serviceOf(kind)?.replicas ?? 1
    const [canaryTasks, oldTasks, counted] = await Promise.all([
      tasksOf('canary'),
      tasksOf('component'),
      balancers.read(),
    ])
    if (!services.some(({ kind }) => kind === 'canary')) return { kind: 'removed' }
    if (shareOf(canary) === 100) await this.#sampler.knowEarlier(() => work.readEarlier(this.id))
    const tasks = { canary: canaryTasks, old: oldTasks }
    const wanted = { canary: wantedOf('canary'), old: wantedOf('component') }
    const moment = { ...counted, tasks, wanted }
    return { kind: 'verdict', verdict: this.#sampler.judged(canary, moment, now()) }
  }

  /** The update goes on beside, so that balancers are steered meanwhile. */
  #promoting(canary: Canary): CanaryEvent | undefined {
    if (this.#promotion?.isOver) {
      const { event } = this.#promotion
      this.#promotion = undefined
      return event
    }
    this.#promotion ??= this.#begunPromotion(canary)
    return undefined
  }

  #begunPromotion(canary: Canary): { event?: CanaryEvent; isOver: boolean } {
    const { work, tell } = this.#control
    const promotion: { event?: CanaryEvent; isOver: boolean } = { isOver: false }
    const over = (event?: CanaryEvent) => Object.assign(promotion, { isOver: true, ...(event && { event }) })
    // What the swarm did not do this time it may do the next.
    work.promote(canary).then(over, (error: Error) => {
      tell('error', error.message)
      over()
    })
    return promotion
  }

  async #aborting(since: string): Promise<CanaryEvent | undefined> {
    const { balancers, work, now } = this.#control
    const age = ageOf(since, now())
    if (age < FRONTS_MS || (age < DRAIN_MS && !(await balancers.isIdle()))) return undefined
    return (await work.removeCanaries()) ? { kind: 'removed' } : undefined
  }
}
