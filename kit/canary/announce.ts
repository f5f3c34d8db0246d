import { isDeepStrictEqual } from 'node:util'
import { canaryName, sayDuration } from './say.ts'
import { shareOf, stepOf } from './share-of.ts'
import type { Canary, Cause } from './state.ts'

/**
 * One line for who watches: `webapp canary 1.4: 5 % of visitors, step 2 of 5, at least 2 min`. Without a state before it
 * has just begun. Empty where nothing has changed.
 */
export function announce(before: Canary | undefined, after: Canary): string {
  if (isDeepStrictEqual(before?.phase, after.phase)) return ''
  return `${canaryName(after)}: ${news(before, after)}`.replace(/\s+/g, ' ')
}

function news(before: Canary | undefined, after: Canary): string {
  const { phase, component } = after
  switch (phase.kind) {
    case 'starting':
      return `starts beside release ${after.from}, no visitors yet`
    case 'stepping':
    case 'holding':
      return `${before?.phase.kind === 'paused' ? 'resumed at ' : ''}${share(after)}, ${step(after)}`
    case 'paused':
      return `${isByHand(after) ? `${share(after)} by hand` : `paused at ${share(after)}`}, aborted if it is worse`
    case 'promoting':
      return `promoted, ${share(after)} while ${component} gets its image`
    case 'aborting':
      return `aborted, all visitors go back to the old version: ${sayCause(phase)}`
    case 'ended':
      return phase.result === 'promoted'
        ? `ended, ${component} runs its image`
        : `ended, its instances are gone: ${sayCause(phase)}`
  }
}

const share = (canary: Canary): string => `${shareOf(canary)} % of visitors`

/** A pause leaves the share of a step as it is. */
const isByHand = (canary: Canary): boolean => shareOf(canary) !== canary.steps[stepOf(canary) ?? 0]

function step(canary: Canary): string {
  const { steps, manual, holdMs, phase } = canary
  const place = `step ${(stepOf(canary) ?? 0) + 1} of ${steps.length}`
  if (manual) return `${place}, until it is told to go on`
  return `${place}, at least ${sayDuration(holdMs)}${phase.kind === 'holding' ? ', then promoted' : ''}`
}

const sayCause = ({ reason, evidence }: Cause): string => [reason, ...evidence].join('; ')
