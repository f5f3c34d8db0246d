import type { Terminal } from '../../terminal.ts'
import { Board } from './board.ts'
import { failureOf, lateFailure } from './failure.ts'
import { type Awaited, look, type Standing } from './look.ts'
import type { Memory } from './memory.ts'
import { pause } from './pause.ts'
import { readPatiently, type Snapshot } from './snapshot.ts'

const POLL_MS = 500

export interface Waiting {
  readonly stack: string
  readonly awaited: readonly Awaited[]
  /** What was there before that was begun which is waited for. */
  readonly memory: Memory
  readonly seconds: number
  readonly terminal: Terminal
  /** What is there already; asked for unless given. */
  readonly first?: Snapshot
}

/** Waits until every service is as it was asked for. Throws a Failure when that will not be, or takes too long. */
export async function untilSettled({
  stack,
  awaited,
  memory,
  seconds,
  terminal,
  first,
}: Waiting): Promise<Snapshot> {
  const board = new Board(terminal)
  const end = performance.now() + seconds * 1000
  let known = memory
  let settledBefore = first !== undefined
  for (let given = first; ; given = undefined) {
    const snapshot = given ?? (await readPatiently(stack))
    const { memory: next, standings } = look(snapshot, awaited, known, performance.now())
    known = next
    board.show(standings, new Map(snapshot.nodes.map(({ id, hostname }) => [id, hostname])))
    const failed = standings.find(({ trouble }) => trouble !== undefined)
    if (failed) throw await failureOf(failed, snapshot)
    const settled = standings.every((standing) => standing.settled)
    // Twice, as a manager that is behind tells what was.
    if (settled && settledBefore) return snapshot
    settledBefore = settled
    if (performance.now() > end) throw await lateFailure(standings.filter(isLate), seconds, snapshot)
    await pause(settled ? POLL_MS / 5 : POLL_MS)
  }
}

const isLate = ({ settled }: Standing): boolean => !settled
