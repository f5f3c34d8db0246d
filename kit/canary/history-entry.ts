import { announce } from './announce.ts'
import { shareOf } from './share-of.ts'
import type { Canary, Phase } from './state.ts'

/** What the history of releases keeps of a change of a canary. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly when: string
  readonly who: string
  readonly canary: string
  readonly component: string
  readonly image: string
  /** The number of the release that it began beside. */
  readonly from: number
  readonly phase: Phase['kind']
  /** In percent. */
  readonly share: number
  /** The line that was announced. */
  readonly said: string
  /** Why it was begun; of one that is aborted, why that. */
  readonly reason: string
  readonly evidence: readonly string[]
}

/** The entry of a change that `who` caused; without a state before, that of its begin. */
export function historyEntry(
  before: Canary | undefined,
  after: Canary,
  who: string,
  now: Date,
): HistoryEntry {
  const { id, component, image, from, why, phase } = after
  return {
    when: now.toISOString(),
    who,
    canary: id,
    component,
    image,
    from,
    phase: phase.kind,
    share: shareOf(after),
    said: announce(before, after),
    reason: 'reason' in phase ? phase.reason : why,
    evidence: 'evidence' in phase ? phase.evidence : [],
  }
}
