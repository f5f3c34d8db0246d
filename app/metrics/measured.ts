import type { StoreState } from '../cache/page-store.ts'
import type { TaskQueue } from '../deliveries/task-queue.ts'
import type { RequestTally } from './request-tally.ts'

/** What of a process is measured, besides the process itself. */
export interface Measured {
  readonly requests?: RequestTally | undefined
  stores(): Readonly<Record<string, StoreState>>
  /** Undefined until the process needs it. */
  queue(): Pick<TaskQueue, 'counts' | 'jobs'> | undefined
}
