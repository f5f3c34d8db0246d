import type { CanaryEvent, Outcome } from './event.ts'
import { observe } from './observe.ts'
import { hasEnded } from './refusal.ts'
import type { Canary } from './state.ts'
import { grant } from './wish.ts'

/**
 * What becomes of a canary by an event. Of an ended one nothing does: only that its service is gone may still be told.
 * A clock that is behind makes a step last longer; one that is ahead does not move it without a verdict.
 */
export function advance(canary: Canary, event: CanaryEvent, now: Date): Outcome {
  if (canary.phase.kind === 'ended')
    return event.kind === 'removed' ? { kind: 'unchanged' } : hasEnded(canary)
  switch (event.kind) {
    case 'pause':
    case 'resume':
    case 'promote':
    case 'abort':
    case 'set':
      return grant(canary, event, now)
    default:
      return observe(canary, event, now)
  }
}
