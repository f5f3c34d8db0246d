import { CommandError } from '../../docker.ts'
import { Failure } from '../../failure.ts'
import type { Terminal } from '../../terminal.ts'
import { Board } from './board.ts'
import { failureOf, lateFailure } from './failure.ts'
import { type Awaited, look, type Standing } from './look.ts'
import type { Memory } from './memory.ts'
import { pause } from './pause.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'

const POLL_MS = 500
/** A swarm that elects a leader does not answer for some seconds; nor does a busy manager. */
const SILENCE_MS = 45_000

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

async function readPatiently(stack: string): Promise<Snapshot> {
  for (const end = performance.now() + SILENCE_MS; ; ) {
    try {
      return await readSnapshot(stack)
    } catch (error) {
      if (!(error instanceof CommandError) || performance.now() > end) throw unreachable(error)
      await pause(POLL_MS)
    }
  }
}

function unreachable(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error
  return new Failure(
    'unreachable',
    'The swarm does not answer, so nobody knows how far it is:',
    'Talk to another manager (DOCKER_HOST), and run the command again with --force: it ends or mends what was begun.',
    [error.message, ...error.lines],
  )
}
