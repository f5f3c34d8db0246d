import type { Outcome, Wish } from './event.ts'
import { cannot, noShare } from './refusal.ts'
import { isShare } from './share.ts'
import { atStep, shareOf, stepOf } from './share-of.ts'
import type { Canary, Phase } from './state.ts'

/** What becomes of a canary that has not ended by what an operator wants; refused where it does not fit its phase. */
export function grant(canary: Canary, wish: Wish, now: Date): Outcome {
  const since = now.toISOString()
  const { phase } = canary
  const index = stepOf(canary)
  const to = (next: Phase): Outcome => ({ kind: 'moved', canary: { ...canary, phase: next } })
  if (wish.kind === 'abort') {
    const { reason } = wish
    const canAbort = index !== undefined || phase.kind === 'starting'
    return canAbort ? to({ kind: 'aborting', since, reason, evidence: [] }) : cannot(canary, wish)
  }
  if (index === undefined) return cannot(canary, wish)
  switch (wish.kind) {
    case 'promote':
      return to({ kind: 'promoting', since })
    case 'pause':
      if (phase.kind === 'paused') return cannot(canary, wish)
      return to({ kind: 'paused', share: shareOf(canary), index, since })
    case 'resume':
      return phase.kind === 'paused' ? to(atStep(canary, index, since)) : cannot(canary, wish)
    case 'set':
      return set(canary, wish.percent, since, to)
  }
}

/** To a step, it goes on from there; to another share, or while it is paused, that stays until it is resumed. */
function set(canary: Canary, percent: number, since: string, to: (next: Phase) => Outcome): Outcome {
  if (!isShare(percent)) return noShare(percent)
  if (percent === shareOf(canary)) return { kind: 'unchanged' }
  const { steps, phase } = canary
  const at = steps.indexOf(percent)
  if (at >= 0 && phase.kind !== 'paused') return to(atStep(canary, at, since))
  // Resumed, it has no more visitors than by hand, unless not even the first step has so few.
  const index = Math.max(
    0,
    steps.findLastIndex((step) => step <= percent),
  )
  return to({ kind: 'paused', share: percent, index, since })
}
