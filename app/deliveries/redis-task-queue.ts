import { type JobsOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { SiteError } from '../errors.ts'
import { connectPatiently, connectRedis, firstConnection } from '../redis/connect.ts'
import { inTime } from '../redis/in-time.ts'
import { forgetTasks } from './forget-tasks.ts'
import { consumeRedis } from './redis-consumer.ts'
import { keptWhenDone, type QueueName, queueNames, queueOf, type Task } from './task.ts'
import type { ConsumableQueue, QueueCounts } from './task-queue.ts'

export type TaskJobs = Queue<Task, void>

/** Begins every key of the queues. */
export const keyPrefix = 'deliveries'

const answerMilliseconds = 600
const forgetMilliseconds = 20_000
const daySeconds = 24 * 3600

// The retry policy gives up, not a number of attempts; of a failure its reason is kept, not its stack.
const jobOptions: JobsOptions = {
  attempts: 1e9,
  backoff: { type: 'custom' },
  removeOnFail: false,
  stackTraceLimit: 0,
}

/**
 * Tasks in Redis, as BullMQ keeps them. One connection that fails fast serves all queues; commands of the same moment
 * go out together, so that Redis writes many of them to disk at once.
 */
export async function redisTaskQueue(url: string): Promise<ConsumableQueue> {
  const redis = connectRedis(url, { commandTimeout: answerMilliseconds })
  const queues = openQueues(redis)
  let patient: Redis | undefined
  await firstConnection(redis, answerMilliseconds)

  async function answered<T>(ask: () => Promise<T>, milliseconds = answerMilliseconds): Promise<T> {
    if (redis.status !== 'ready') throw new SiteError('unavailable', 'redisqueue is away')
    return inTime(milliseconds, ask()).catch((cause: Error) => {
      throw new SiteError('unavailable', `redisqueue: ${cause.message}`, { cause })
    })
  }

  return {
    async add(task, { delaySeconds = 0 } = {}) {
      const removeOnComplete = keptWhenDone(task) ? { age: daySeconds } : true
      const options = { ...jobOptions, jobId: task.id, removeOnComplete, delay: delaySeconds * 1000 }
      await answered(() => queues[queueOf[task.kind]].add(task.kind, task, options))
    },
    async counts() {
      const counts = queueNames.map(async (name) => [name, await answered(() => countsOf(queues[name]))])
      return Object.fromEntries(await Promise.all(counts))
    },
    forget: (inviteId) => answered(() => forgetTasks(Object.values(queues), inviteId), forgetMilliseconds),
    consume(name, options, work) {
      patient ??= connectPatiently(url)
      return consumeRedis({ name, redis: patient, queue: queues[name], ...options }, work)
    },
    jobs: Object.values(queues),
    state: () => (redis.status === 'ready' ? 'up' : 'down'),
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
      redis.disconnect()
      patient?.disconnect()
    },
  }
}

function openQueues(redis: Redis): Readonly<Record<QueueName, TaskJobs>> {
  const queues = queueNames.map((name): [QueueName, TaskJobs] => {
    // The version is asked for once, by a command that fails for good while Redis is away.
    const unasked = { skipVersionCheck: true, skipWaitingForReady: true, skipMetasUpdate: true }
    const queue: TaskJobs = new Queue(name, { connection: redis, prefix: keyPrefix, ...unasked })
    // Each command tells its caller.
    return [name, queue.on('error', () => {})]
  })
  return Object.fromEntries(queues) as Record<QueueName, TaskJobs>
}

async function countsOf(queue: TaskJobs): Promise<QueueCounts> {
  const counts = await queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed')
  const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts
  return { waiting: wait + prioritized, active, retry: delayed, deadLetter: failed }
}
