import type { Failure } from '../failure.ts'
import type { Canary, Cause } from './state.ts'

/** What the comparison of both versions says. */
export type Verdict =
  | { readonly kind: 'content' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'worse'; readonly evidence: readonly string[] }

/** What was seen of a canary. It may be told again: what says nothing new changes nothing. */
export type Observation =
  | { readonly kind: 'ready' }
  /** What was to come up did not in its time: the canary, or the old service with its image. */
  | { readonly kind: 'never-ready' }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** One that the operator gave; it was run before more visitors. */
  | ({ readonly kind: 'check-failed' } & Cause)
  | { readonly kind: 'tick' }
  /** The old service has the canary's image. */
  | { readonly kind: 'promoted' }
  /** The canary's service is gone. */
  | { readonly kind: 'removed' }

/** What an operator wants of a canary. */
export type Wish =
  | { readonly kind: 'pause' | 'resume' | 'promote' }
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'set'; readonly percent: number }

export type CanaryEvent = Observation | Wish

export type Outcome =
  | { readonly kind: 'moved'; readonly canary: Canary }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly failure: Failure }
