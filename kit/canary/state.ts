import type { AllowRule } from './allow-rule.ts'

/** How bad a canary may be. */
export interface Limits {
  /** Answers that may be errors, in percent. */
  readonly errorsPercent: number
  /** The 95th percentile of its answers' times may be so many times that of the old version. */
  readonly p95Factor: number
}

/** How a canary goes on. */
export interface Terms {
  /** Shares in percent, ascending; the last is 100. */
  readonly steps: readonly number[]
  /** Each step lasts at least so long. */
  readonly holdMs: number
  readonly limits: Limits
  readonly allow: readonly AllowRule[]
  /** It goes on only when it is told to. */
  readonly manual: boolean
  /** Each as it was typed: an address or a command line. Their queries are secret; `sayCheck` leaves them out. */
  readonly checks?: readonly string[]
}

/** Times are ISO 8601. */
export type Phase =
  /** Its instances are not ready. */
  | { readonly kind: 'starting' }
  /** At a step but the last; `index` counts from 0. */
  | { readonly kind: 'stepping'; readonly index: number; readonly since: string }
  /** At the last step, 100 %: it can be promoted. */
  | { readonly kind: 'holding'; readonly since: string }
  /** At a share that stays; `index` is the step that it goes on with when it is resumed. */
  | { readonly kind: 'paused'; readonly share: number; readonly index: number; readonly since: string }
  /** The old service gets its image. */
  | { readonly kind: 'promoting'; readonly since: string }
  /** Nobody is sent there any more; its service goes. */
  | ({ readonly kind: 'aborting'; readonly since: string } & Cause)
  | { readonly kind: 'ended'; readonly result: 'promoted'; readonly since: string }
  | ({ readonly kind: 'ended'; readonly result: 'aborted'; readonly since: string } & Cause)

/** Why a canary was aborted. */
export interface Cause {
  readonly reason: string
  readonly evidence: readonly string[]
}

/** A canary release: what it is, and how far it is. */
export interface Canary extends Terms {
  /** At most 32 letters, digits and dashes. */
  readonly id: string
  /** Full name. */
  readonly component: string
  /** With its digest. */
  readonly image: string
  /** The number of the release that ran when it began. */
  readonly from: number
  readonly who: string
  readonly why: string
  /** ISO 8601. */
  readonly begun: string
  /** At most 64 letters and digits. */
  readonly salt: string
  readonly phase: Phase
}

/** A canary whose service is yet to come up. */
export const begin = (given: Omit<Canary, 'phase'>): Canary => ({ ...given, phase: { kind: 'starting' } })
