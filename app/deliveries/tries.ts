import type { Job } from 'bullmq'
import type { Task } from './task.ts'
import type { Attempt } from './task-queue.ts'

/** A task in Redis, with the tries behind it that ended among the dead letters. */
export type TriedTask = Task & { readonly ended?: Ended }

interface Ended {
  readonly attempts: number
  /** When the first try after them began (ms since 1970), if one did. */
  readonly again?: number
}

/**
 * The tries of a job. BullMQ keeps the time and the attempts of a job that an operator puts back among the waiting, so
 * both are counted anew from the first try after that: otherwise a dead letter that is older than the retry policy's
 * patience would be given up again at the first failure.
 */
export async function triesOf(job: Job<TriedTask>): Promise<Omit<Attempt, 'addedAt'>> {
  const { ended, ...task } = job.data
  if (!ended) return { task, attempt: job.attemptsMade + 1, triedSince: job.timestamp }
  const { attempts, again = Date.now() } = ended
  if (ended.again === undefined) await job.updateData({ ...task, ended: { attempts, again } })
  // A worker that was killed while it gave up has not counted its last attempt.
  return { task, attempt: Math.max(job.attemptsMade - attempts, 0) + 1, triedSince: again }
}

/** Notes that the tries end with the attempt under way. */
export const endTries = (job: Job<TriedTask>): Promise<void> =>
  job.updateData({ ...job.data, ended: { attempts: job.attemptsMade + 1 } })
