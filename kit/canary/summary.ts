import { canaryName } from './say.ts'
import type { Canary } from './state.ts'
import type { KeptState } from './store.ts'

/** A canary from its begin to its end. */
export interface CanarySummary
  extends Pick<Canary, 'id' | 'component' | 'image' | 'from' | 'who' | 'why' | 'begun'> {
  /** What people call it. */
  readonly name: string
  /** Of one that has ended, as all that follows; of one that was promoted there is no reason. */
  readonly ended?: string
  readonly result?: 'promoted' | 'aborted'
  readonly reason?: string
  readonly evidence?: readonly string[]
}

/** The canaries that states are kept of, newest first. */
export function summariesOf(states: readonly KeptState[]): CanarySummary[] {
  const newest = new Map(states.map(({ canary }) => [canary.id, canary]))
  return [...newest.values()].map(summaryOf).reverse()
}

function summaryOf(canary: Canary): CanarySummary {
  const { id, component, image, from, who, why, begun, phase } = canary
  return {
    ...{ id, name: canaryName(canary), component, image, from, who, why, begun },
    ...(phase.kind === 'ended' && { ended: phase.since, result: phase.result }),
    ...(phase.kind === 'ended' &&
      phase.result === 'aborted' && { reason: phase.reason, evidence: phase.evidence }),
  }
}

/** One line: `site/webapp canary 1.4 (c0ffee00), aborted 2026-11-22T10:05:00.000Z: worse than the old version`. */
export function saySummary({ id, name, why, ended, result, reason }: CanarySummary): string {
  const end = ended === undefined ? `is under way: ${why}` : `${result} ${ended}`
  return `${name} (${id}), ${end}${reason === undefined ? '' : `: ${reason}`}`
}
