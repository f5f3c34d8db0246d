import type { Sides } from '../analysis/counters.ts'
import { quantile } from '../analysis/quantile.ts'
import { type Activity, type Interval, totalsOf } from '../analysis/window.ts'
import { shareOf, stepOf } from '../canary/share-of.ts'
import type { Canary } from '../canary/state.ts'

/** What a hook is told of the canary that wants to go on. */
export interface Question {
  /** Name of the stack. */
  readonly app: string
  readonly component: string
  /** Its id. */
  readonly canary: string
  readonly image: string
  /** From 1; 0 before the first visitor. */
  readonly step: number
  /** In percent of the visitors, as it is. */
  readonly share: number
  /** In percent once it goes on; of the last step, that it is promoted. */
  readonly next: number | 'promoted'
  /** Of the step that it is at; without any before the first visitor. */
  readonly figures: Sides<Figures> | null
}

/** Of one version; times in milliseconds, null where nobody asked it. */
export interface Figures {
  readonly instances: number
  readonly requests: number
  readonly failed: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly readinessLost: number
  readonly restarts: number
}

/** The question before a canary becomes `next`. */
export function questionOf(
  app: string,
  canary: Canary,
  next: Canary,
  intervals: readonly Interval[],
): Question {
  const { component, id, image, phase } = canary
  return {
    ...{ app, component, canary: id, image },
    step: phase.kind === 'starting' ? 0 : (stepOf(canary) ?? 0) + 1,
    share: shareOf(canary),
    next: next.phase.kind === 'promoting' ? 'promoted' : shareOf(next),
    figures: intervals.length === 0 ? null : figuresOf(intervals),
  }
}

function figuresOf(intervals: readonly Interval[]): Sides<Figures> {
  const { canary, old } = totalsOf({ intervals })
  return { canary: figures(canary), old: figures(old) }
}

function figures(side: Activity): Figures {
  const { instances, requests, failed, flaps, restarts, latency } = side
  const p = (share: number) => rounded(quantile(latency, share))
  return {
    ...{ instances, requests, failed },
    ...{ p50: p(0.5), p95: p(0.95), p99: p(0.99) },
    ...{ readinessLost: flaps, restarts },
  }
}

/** Buckets are no finer than a tenth of a millisecond. */
const rounded = (milliseconds: number | undefined): number | null =>
  milliseconds === undefined ? null : Math.round(milliseconds * 10) / 10
