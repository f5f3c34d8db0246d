import { encodePromoted, encodeSides, sidesOf } from '../canary/sides.ts'
import { type KeptState, underWay } from '../canary/store.ts'
import { NO_SPLIT } from './balancer-split.ts'

/**
 * What balancers are to know of an app's canaries: who gets the one under way; else which was promoted last, for the caches
 * of fronts. They cannot tell that by a share: whoever was cut off at 100 % may have missed an abort.
 */
export function wordOf(states: readonly KeptState[]): string {
  const kept = underWay(states)
  if (kept) return encodeSides(sidesOf(kept.canary, kept.number))
  const promoted = states.findLast(
    ({ canary: { phase } }) => phase.kind === 'ended' && phase.result === 'promoted',
  )
  const newest = states.at(-1)
  // With the newest number, or balancers would keep what an aborted canary has left.
  return promoted && newest ? encodePromoted(promoted.canary.id, newest.number) : NO_SPLIT
}
