import type { TaskState } from '../../swarm/tasks.ts'
import type { Snapshot } from './snapshot.ts'

/** What has to be known of earlier snapshots to judge the next one. Times are of one clock, in milliseconds. */
export interface Memory {
  /** Tasks that were there before: what became of them is nobody's fault now. */
  readonly before: ReadonlySet<string>
  readonly begun: number
  readonly seen: ReadonlyMap<string, Seen>
}

export interface Seen {
  readonly first: number
  readonly state: TaskState
  /** When it was first seen in that state. */
  readonly since: number
  readonly ran: boolean
}

/** What is known before something is begun. */
export const startMemory = ({ tasks }: Pick<Snapshot, 'tasks'>, now: number): Memory => ({
  before: new Set(tasks.map(({ id }) => id)),
  begun: now,
  seen: new Map(),
})

/** What is known after another snapshot. */
export function remember(memory: Memory, { tasks }: Snapshot, now: number): Memory {
  const seen = new Map(memory.seen)
  for (const { id, state } of tasks) {
    const known = seen.get(id)
    seen.set(id, {
      first: known?.first ?? now,
      state,
      since: known?.state === state ? known.since : now,
      ran: known?.ran === true || state === 'running',
    })
  }
  return { ...memory, seen }
}
