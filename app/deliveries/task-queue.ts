import type { StoreState } from '../cache/page-store.ts'
import type { TaskJobs } from './redis-task-queue.ts'
import type { QueueName, Task } from './task.ts'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  /** Not due yet: tried in vain, to be tried again, or added with a delay. */
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
  /**
   * Removes what is queued for an invite, given up or not; the number of tasks. Waits for what is under way, and
   * rejects with SiteError `unavailable` when that takes too long.
   */
  forget(inviteId: string): Promise<number>
  /** The tasks as BullMQ has them, for those who look into it; none in memory. */
  readonly jobs?: readonly TaskJobs[]
  state(): StoreState
  close(): Promise<void>
}

/** One go at a task. */
export interface Attempt {
  readonly task: Task
  /** When the task was added (ms since 1970). */
  readonly addedAt: number
  /** When it was added, or tried again for the first time after an operator took it from the dead letters. */
  readonly triedSince: number
  /** Counts the attempts since then, from 1; being put off or waiting is none. */
  readonly attempt: number
}

/** What becomes of a task after an attempt. */
export type Step =
  | { readonly next: 'done' }
  /**
   * Tried in vain; this task again after so long, behind the others. With `pause` all of the queue wait so long (ms),
   * in every process.
   */
  | {
      readonly next: 'retry'
      readonly milliseconds: number
      readonly reason: string
      readonly pause?: number
    }
  /** Not tried; this task alone again after so long. */
  | { readonly next: 'put off'; readonly milliseconds: number }
  /**
   * This process cannot ask the queue's system: it takes no task of the queue for so long. Other processes go on, and
   * may take this task at once; it was not tried.
   */
  | { readonly next: 'wait'; readonly milliseconds: number }
  /** To the dead letters, with the reason. */
  | { readonly next: 'give up'; readonly reason: string }

export interface Consumer {
  /** Takes no more, and resolves when what is under way is finished, or handed back after `milliseconds`. */
  stop(milliseconds: number): Promise<void>
}

/** Makes one attempt; never rejects. */
export type MakeAttempt = (attempt: Attempt) => Promise<Step>

/** A queue whose tasks this process can work off. */
export interface ConsumableQueue extends TaskQueue {
  /** Takes tasks of one queue, at most so many at a time. `onError` hears what goes wrong between the tasks. */
  consume(
    name: QueueName,
    options: { readonly concurrency: number; readonly onError: (error: Error) => void },
    work: MakeAttempt,
  ): Consumer
}
