import type { CanaryEvent } from '../canary/event.ts'
import type { Canary } from '../canary/state.ts'
import { isOver, isWanted, type Task } from '../swarm/tasks.ts'
import type { Control } from './control.ts'

/** A service that is not there so long after the canary began was not made: who began it has died. */
const MADE_WITHIN_MS = 60_000
/** The pull of an image included. */
const READY_WITHIN_MS = 300_000
/** Instances that run so long, and that balancers find not ready, do not become so. */
const RUN_WITHIN_MS = 60_000
/** What is so for so long, look after look, is more than a late health check or a control that has just moved. */
const SURE_MS = 5000
/** An instance that ended so often does not come up. */
const FAILURES = 3

/** What balancers say of instances that run; unknown where none answers. */
type Said = 'ready' | 'not ready' | 'unknown'

/** Finds out whether a canary that starts is ready, or does not become so. */
export class Readiness {
  readonly #control: Control
  /** Since when every look found it not ready, or did not know. */
  #waiting: Date | undefined
  /** Since when balancers said at every look that it is not. */
  #notReady: Date | undefined

  constructor(control: Control) {
    this.#control = control
  }

  /** The event of a canary that is ready, or does not become so; undefined while it may. */
  async look({ begun, component, image }: Canary): Promise<CanaryEvent | undefined> {
    const { engine, stack } = this.#control
    const age = this.#age(begun)
    const service = (await engine.services(stack)).find(
      (one) => one.kind === 'canary' && one.component === component,
    )
    if (service === undefined) return age > MADE_WITHIN_MS ? { kind: 'never-ready' } : undefined
    // The service of an earlier canary has the same name: while it is updated, some are of that one.
    const tasks = (await engine.tasks(service.name)).filter((task) => isOf(image, task))
    const running = tasks.filter(runs)
    const wanted = service.replicas ?? 1
    const said = running.length < wanted ? 'unknown' : await this.#said(wanted)
    this.#note(said)
    if (said === 'ready') return { kind: 'ready' }
    const isStuck =
      this.#isSure(this.#notReady) && running.every(({ since }) => this.#age(since) > RUN_WITHIN_MS)
    const isLate = this.#isSure(this.#waiting) && age > READY_WITHIN_MS
    return isStuck || isLate || tasks.filter(hasFailed).length >= FAILURES
      ? { kind: 'never-ready' }
      : undefined
  }

  async #said(wanted: number): Promise<Said> {
    const { balancers } = this.#control
    if (await balancers.see(wanted)) return 'ready'
    return (await balancers.read()).reading.size > 0 ? 'not ready' : 'unknown'
  }

  #note(said: Said): void {
    const now = this.#control.now()
    this.#waiting = said === 'ready' ? undefined : (this.#waiting ?? now)
    this.#notReady = said === 'not ready' ? (this.#notReady ?? now) : undefined
  }

  #isSure(since: Date | undefined): boolean {
    return since !== undefined && this.#control.now().getTime() - since.getTime() >= SURE_MS
  }

  #age(since: string): number {
    return ageOf(since, this.#control.now())
  }
}

/** Milliseconds since a time; none since one that is yet to come, by the clock of another machine. */
export const ageOf = (since: string, now: Date): number => Math.max(0, now.getTime() - Date.parse(since))

/** By the digest: the same image may have several names. */
const isOf = (image: string, task: Task): boolean => digestOf(task.image) === digestOf(image)

const digestOf = (image: string): string => image.slice(image.indexOf('@') + 1)

const runs = (task: Task): boolean => isWanted(task) && !isOver(task) && task.state === 'running'

const hasFailed = ({ state }: Task): boolean => state === 'failed' || state === 'rejected'
