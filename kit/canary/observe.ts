import type { Observation, Outcome, Verdict } from './event.ts'
import { atStep, stepOf } from './share-of.ts'
import type { Canary, Cause, Phase } from './state.ts'

const UNCHANGED: Outcome = { kind: 'unchanged' }

/** What becomes of a canary that has not ended by something that was seen; never refused. */
export function observe(canary: Canary, event: Observation, now: Date): Outcome {
  const { phase } = canary
  const since = now.toISOString()
  const to = (next: Phase): Outcome => ({ kind: 'moved', canary: { ...canary, phase: next } })
  const abort = (reason: string): Outcome => to({ kind: 'aborting', since, reason, evidence: [] })
  switch (event.kind) {
    // More visitors take evidence: time alone moves nothing.
    case 'tick':
      return UNCHANGED
    case 'ready':
      return phase.kind === 'starting' ? to(atStep(canary, 0, since)) : UNCHANGED
    case 'never-ready':
      if (phase.kind === 'starting') return abort('its instances did not become ready')
      return phase.kind === 'promoting' ? abort('the service did not come up with its image') : UNCHANGED
    case 'verdict':
      return judged(canary, event.verdict, now, to)
    case 'check-failed':
      return isAtStep(phase) ? to({ ...causeOf(event), kind: 'aborting', since }) : UNCHANGED
    case 'promoted':
      return phase.kind === 'promoting' ? to({ kind: 'ended', result: 'promoted', since }) : UNCHANGED
    case 'removed':
      if (phase.kind === 'aborting') return to({ ...causeOf(phase), kind: 'ended', result: 'aborted', since })
      // The old service gets the image without it, and the balancers know to send visitors there.
      return phase.kind === 'promoting' ? UNCHANGED : abort('its service was removed')
  }
}

const causeOf = ({ reason, evidence }: Cause): Cause => ({ reason, evidence })

/** Before the first one, or at one that goes on by itself. */
const isAtStep = ({ kind }: Phase): boolean =>
  kind === 'starting' || kind === 'stepping' || kind === 'holding'

function judged(canary: Canary, verdict: Verdict, now: Date, to: (next: Phase) => Outcome): Outcome {
  const { phase } = canary
  // The instances to go back to are being replaced, or it is aborted already.
  if (phase.kind === 'promoting' || phase.kind === 'aborting') return UNCHANGED
  const since = now.toISOString()
  if (verdict.kind === 'worse')
    return to({ kind: 'aborting', since, reason: 'worse than the old version', evidence: verdict.evidence })
  if (verdict.kind === 'waiting' || canary.manual) return UNCHANGED
  if (phase.kind !== 'stepping' && phase.kind !== 'holding') return UNCHANGED
  if (now.getTime() - Date.parse(phase.since) < canary.holdMs) return UNCHANGED
  if (phase.kind === 'holding') return to({ kind: 'promoting', since })
  return to(atStep(canary, (stepOf(canary) ?? 0) + 1, since))
}
