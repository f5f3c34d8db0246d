import type { StoreState } from '../cache/page-store.ts'
import type { QueueName, Task } from './task.ts'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  /** Tried in vain, to be tried again. */
  readonly retry: number
  /** Given up. */
  readonly deadLetter: number
}

/** Where tasks wait for a worker. */
export interface TaskQueue {
  /**
   * Resolves when the task is on disk (or known already). Rejects with SiteError `unavailable`, within a second,
   * when it is not, or when that cannot be known.
   */
  add(task: Task, options?: { readonly delaySeconds?: number }): Promise<void>
  counts(): Promise<Record<QueueName, QueueCounts>>
  /** Removes what is queued for an invite, given up or not; the number of tasks. */
  forget(inviteId: string): Promise<number>
  state(): StoreState
  close(): Promise<void>
}
