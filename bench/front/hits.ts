import type { Effort } from '../benchmark.ts'
import type { Contender } from '../rounds.ts'
import { type Load, load } from '../wrk.ts'
import { processorTime } from './processor.ts'

/** A front, and its processes. */
export interface Front extends Contender {
  readonly processes: readonly number[]
}

export interface Hits extends Load {
  /** Of the front's processor time, for an answer. */
  readonly microseconds: number
}

const warmUpSeconds = 1

/** As inTurns, and how much processor time each front took for an answer. Every other round goes backwards. */
export async function hitsInTurns(fronts: readonly Front[], effort: Effort): Promise<Hits[][]> {
  for (const front of fronts) await hit(front, warmUpSeconds)
  const hits: Hits[][] = fronts.map(() => [])
  for (let round = 0; round < effort.rounds; round++) {
    const turns = [...fronts.entries()]
    for (const [number, front] of round % 2 === 0 ? turns : turns.reverse())
      hits[number]?.push(await hit(front, effort.seconds))
  }
  return hits
}

async function hit({ url, headers, script, processes }: Front, seconds: number): Promise<Hits> {
  const before = processorTime(processes)
  const measured = await load(url, { seconds, headers, script })
  const nanoseconds = processorTime(processes) - before
  return { ...measured, microseconds: nanoseconds / 1000 / measured.answered }
}
