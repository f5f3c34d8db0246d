import type { Effort, Row } from '../benchmark.ts'
import { medianRatio } from '../median.ts'
import { type Contender, inTurns, medians, rates } from '../rounds.ts'
import { hitPercent } from './cache-states.ts'

/** Loads the front and what it is compared with: the first is the reference, the second the front. */
export async function compareFront(
  contenders: readonly [Contender, Contender, ...Contender[]],
  effort: Effort,
  least: number,
): Promise<Row[]> {
  const loads = await inTurns(contenders, effort)
  const front = contenders[1]
  const hits = await hitPercent(front, effort.seconds)
  return contenders.map((contender, number) => ({
    ...medians(contender, loads[number]),
    ratio: medianRatio(rates(loads[number]), rates(loads[0])),
    reference: contenders[0].name,
    ...(contender === front && { facts: { hitPercent: hits }, goal: { of: 'ratio', least } }),
  }))
}
