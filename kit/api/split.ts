import { sayAllowRule } from '../canary/allow-rule.ts'
import { splitOf } from '../canary/share-of.ts'
import type { Phase } from '../canary/state.ts'
import { readStates, underWay } from '../canary/store.ts'
import { Failure } from '../failure.ts'

/** Who gets which version. */
export interface SplitView {
  readonly phase: Phase['kind'] | 'none'
  /** Of the visitors, for the canary. */
  readonly percent: number
  /** Who gets it in any case. */
  readonly allow: readonly string[]
  /** Of the canary. */
  readonly id?: string
  /** The number of the state; a larger one is newer. */
  readonly version?: number
  readonly component?: string
  readonly image?: string
}

/** The split of the canary under way. Its salt is not for telling: who has it could make cookies of visitors. */
export async function readSplit(stack: string): Promise<SplitView> {
  const kept = underWay(await readStates(stack))
  if (kept === undefined) return { phase: 'none', percent: 0, allow: [] }
  const { number: version, canary } = kept
  const { percent, allow } = splitOf(canary)
  const { id, component, image, phase } = canary
  return { phase: phase.kind, percent, allow: allow.map(sayAllowRule), id, version, component, image }
}

/** Throws a Failure where no canary is under way: then nothing can be wanted of it. */
export async function needCanary(stack: string): Promise<void> {
  if (underWay(await readStates(stack))) return
  throw new Failure(
    'refused',
    `No canary of ${stack} is under way.`,
    'Begin one: POST /v1/apps/{app}/canary, or `swarm canary start COMPONENT=TAG`.',
  )
}
