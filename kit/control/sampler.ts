import { type ChartPoint, chart } from '../analysis/chart.ts'
import { sumCounters } from '../analysis/counters.ts'
import { Course } from '../analysis/course.ts'
import { evidenceTable } from '../analysis/evidence-table.ts'
import { judge } from '../analysis/verdict.ts'
import { type Interval, totalsOf } from '../analysis/window.ts'
import type { Verdict } from '../canary/event.ts'
import { canaryName } from '../canary/say.ts'
import { shareOf, stepOf } from '../canary/share-of.ts'
import type { Canary } from '../canary/state.ts'
import type { CanaryRecord } from '../deploy/canary-kept.ts'
import { intervalBetween, type Moment, withLast } from './observed.ts'
import { Presence } from './presence.ts'

/** So many points are drawn: at one in five seconds, some three hours. */
const MOST_POINTS = 2000

/**
 * What is known of both versions of one canary, step by step. Whoever takes over from another control begins a step
 * anew: it lasts longer, and no verdict is lost.
 */
export class Sampler {
  readonly #begun: Date
  readonly #presence = new Presence()
  #last: Moment | undefined
  #place = ''
  #course = new Course()
  #earlier: readonly Interval[] | undefined
  #points: ChartPoint[] = []
  #needed: number | undefined

  constructor(begun: Date) {
    this.#begun = begun
  }

  /** Those of the step that it is at. */
  get intervals(): readonly Interval[] {
    return this.#course.intervals
  }

  /** Those in which the old version had visitors, some as one: what a canary with all visitors is compared with. */
  get earlier(): readonly Interval[] {
    const hadAll = this.#place === '' || this.#place.endsWith(' 100')
    return [...(this.#earlier ?? []), ...(hadAll ? [] : this.intervals)]
  }

  /** How many more requests with the canary decide the step; undefined before it was judged. */
  get needed(): number | undefined {
    return this.#needed
  }

  /** For the step without visitors of the old version: asks for what came before, where another control saw it. */
  async knowEarlier(read: () => Promise<readonly Interval[]>): Promise<void> {
    if (this.#place === '' && this.#earlier === undefined) this.#earlier = await read()
  }

  /** Adds a moment to the step that the canary is at, and judges the step. */
  judged(canary: Canary, moment: Moment, now: Date): Verdict {
    this.#moveTo(canary)
    const last = this.#last
    this.#last = last ? withLast(last, moment) : moment
    if (last) this.#add(intervalBetween(last, this.#last), shareOf(canary), now)
    const without = this.#presence.without(moment.ready, now)
    if (without !== undefined) return { kind: 'worse', evidence: [without] }
    return last ? this.#verdict(canary) : { kind: 'waiting' }
  }

  /** Both versions over all that was seen of them; undefined where that is nothing. */
  record(canary: Canary): CanaryRecord | undefined {
    if (this.#points.length === 0) return undefined
    return {
      table: evidenceTable({ intervals: this.#points.map(({ interval }) => interval) }),
      chart: chart(canaryName(canary), this.#points),
    }
  }

  #add(interval: Interval, share: number, now: Date): void {
    this.#course.add(interval)
    const seconds = (now.getTime() - this.#begun.getTime()) / 1000
    this.#points = [...this.#points, { seconds, share: share / 100, interval }].slice(-MOST_POINTS)
  }

  #verdict(canary: Canary): Verdict {
    const { errorsPercent, p95Factor } = canary.limits
    const step = (stepOf(canary) ?? 0) + 1
    const earlier = shareOf(canary) === 100 && { earlier: sumCounters(this.earlier.map(({ old }) => old)) }
    const window = { step, intervals: this.intervals, ...earlier }
    const verdict = judge(window, { maxErrors: errorsPercent / 100, maxP95: p95Factor })
    this.#needed = verdict.kind === 'waiting' ? verdict.requests : 0
    return verdict.kind === 'waiting' ? { kind: 'waiting' } : verdict
  }

  /** Another share is another window: what was counted at a change of it belongs to none. */
  #moveTo(canary: Canary): void {
    const place = `${stepOf(canary)} ${shareOf(canary)}`
    if (place === this.#place) return
    const { earlier } = this
    if (earlier.length > 0) this.#earlier = [totalsOf({ intervals: earlier })]
    this.#place = place
    this.#course = new Course()
    this.#last = undefined
    this.#needed = undefined
  }
}
