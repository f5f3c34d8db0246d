import type { Split } from './split.ts'
import type { Canary, Phase, Terms } from './state.ts'

/** The share of visitors, in percent, that nginx and HAProxy are to send to the canary. */
export function shareOf({ steps, phase }: Canary): number {
  switch (phase.kind) {
    case 'stepping':
      return steps[phase.index] ?? 0
    case 'paused':
      return phase.share
    case 'holding':
    case 'promoting':
      return 100
    // Once it is promoted, the old service has its image.
    case 'starting':
    case 'aborting':
    case 'ended':
      return 0
  }
}

const closed: readonly Phase['kind'][] = ['starting', 'aborting', 'ended']

/** Who is to get the canary; in phases in which nobody is, testers are not either. */
export const splitOf = (canary: Canary): Split => ({
  percent: shareOf(canary),
  salt: canary.salt,
  allow: closed.includes(canary.phase.kind) ? [] : canary.allow,
})

/** The phase of a step; the last one is `holding`. */
export const atStep = ({ steps }: Terms, index: number, since: string): Phase =>
  index < steps.length - 1 ? { kind: 'stepping', index, since } : { kind: 'holding', since }

/** The step that a canary is at, or goes on with; undefined where it is at none. */
export function stepOf({ steps, phase }: Canary): number | undefined {
  if (phase.kind === 'holding') return steps.length - 1
  return phase.kind === 'stepping' || phase.kind === 'paused' ? phase.index : undefined
}
