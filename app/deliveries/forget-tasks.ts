import { setTimeout as wait } from 'node:timers/promises'
import type { Job, JobType } from 'bullmq'
import { SiteError } from '../errors.ts'
import type { TaskJobs } from './redis-task-queue.ts'
import { inviteOf, type Task } from './task.ts'

const states: readonly JobType[] = ['wait', 'delayed', 'prioritized', 'active', 'failed', 'completed']
const pageLength = 1000
const pauseMilliseconds = 250
// A delivery under way ends within 12 s.
const patienceMilliseconds = 15_000

/**
 * Removes all tasks of an invite; the number of them. What is under way cannot be removed and may add further tasks,
 * so the queues are looked through until twice in a row nothing is found: what a task added while it ended can be in a
 * queue that was looked through just before.
 */
export async function forgetTasks(queues: readonly TaskJobs[], inviteId: string): Promise<number> {
  let removed = 0
  let emptyLooks = 0
  for (const end = Date.now() + patienceMilliseconds; Date.now() < end; await wait(pauseMilliseconds)) {
    const found = await Promise.all(queues.map((queue) => jobsOf(queue, inviteId)))
    const jobs = found.flat()
    emptyLooks = jobs.length === 0 ? emptyLooks + 1 : 0
    if (emptyLooks === 2) return removed
    for (const job of jobs) removed += await remove(job)
  }
  throw new SiteError('unavailable', 'a delivery of this invite is still under way: try again in a minute')
}

/** All tasks of an invite in one queue, done or not. */
export async function jobsOf(queue: TaskJobs, inviteId: string): Promise<Job<Task>[]> {
  const found: Job<Task>[] = []
  for (const state of states) {
    for (let from = 0; ; from += pageLength) {
      const page = await queue.getJobs([state], from, from + pageLength - 1)
      // A job that is removed meanwhile leaves a hole in the page.
      found.push(...page.filter((job) => job !== undefined && inviteOf(job.data) === inviteId))
      if (page.length < pageLength) break
    }
  }
  return found
}

/** 0 while a worker has it. */
const remove = (job: Job<Task>): Promise<number> =>
  job.remove().then(
    () => 1,
    () => 0,
  )
