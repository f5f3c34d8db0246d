import { DelayedError, type Job, RedisConnection, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { inTime } from '../redis/in-time.ts'
import { keyPrefix, type TaskJobs } from './redis-task-queue.ts'
import type { QueueName } from './task.ts'
import type { Consumer, MakeAttempt, Step } from './task-queue.ts'
import { endTries, type TriedTask, triesOf } from './tries.ts'

export interface ConsumerParts {
  readonly name: QueueName
  readonly redis: Redis
  readonly queue: TaskJobs
  readonly concurrency: number
  readonly onError: (error: Error) => void
}

// A worker that was killed holds its tasks until the lock ends, and two checks see that it did: 20 s at most.
const lockMilliseconds = 10_000
const checkMilliseconds = 5000
const handBackMilliseconds = 1000
// More than any queue has: BullMQ keeps a rate limit only where there is a highest number of tasks.
const unlimited = { max: 1e12, duration: 1000 }
// With no version to ask for, BullMQ expects its oldest Redis, and rounds its waits up to whole seconds.
const redisVersion = '8.0.0'

/** Tried in vain, to be tried again. */
class Retry extends Error {
  override readonly name = 'Retry'
  readonly milliseconds: number
  constructor({ reason, milliseconds }: Extract<Step, { next: 'retry' }>) {
    super(reason)
    this.milliseconds = milliseconds
  }
}

/** Takes the tasks of one queue, whatever happens to Redis meanwhile. */
export function consumeRedis(parts: ConsumerParts, work: MakeAttempt): Consumer {
  const { name, redis, queue, concurrency, onError } = parts
  const underWay = new Map<Job<TriedTask>, string>()

  async function process(job: Job<TriedTask>, token = ''): Promise<void> {
    underWay.set(job, token)
    try {
      const attempt = { ...(await triesOf(job)), addedAt: job.timestamp }
      await settle(job, token, await work(attempt))
    } finally {
      underWay.delete(job)
    }
  }

  async function settle(job: Job<TriedTask>, token: string, step: Step): Promise<void> {
    if (step.next === 'give up') {
      await endTries(job)
      throw new UnrecoverableError(step.reason)
    }
    if (step.next === 'retry') {
      if (step.pause) await pauseQueue(step.pause)
      throw new Retry(step)
    }
    if (step.next === 'put off') {
      await job.moveToDelayed(Date.now() + step.milliseconds, token)
      throw new DelayedError()
    }
    if (step.next === 'wait') {
      rest(step.milliseconds)
      // Puts the task in front of the waiting, without an attempt; holds this consumer alone, for a second at most.
      throw Worker.RateLimitError()
    }
  }

  /** For every process. */
  async function pauseQueue(milliseconds: number): Promise<void> {
    // A shorter wait must not end a longer one that another task was told.
    const already = await queue.getRateLimitTtl(unlimited.max)
    if (milliseconds > already) await queue.rateLimit(Math.ceil(milliseconds))
  }

  let restsUntil = 0
  let restTimer: NodeJS.Timeout | undefined

  /** For this process alone: others may reach what it cannot. */
  function rest(milliseconds: number): void {
    const end = Date.now() + milliseconds
    if (end <= restsUntil) return
    restsUntil = end
    clearTimeout(restTimer)
    restTimer = setTimeout(() => worker.resume(), milliseconds).unref()
    worker.pause(true).catch(onError)
  }

  RedisConnection.minimumVersion = redisVersion
  const worker = new Worker<TriedTask, void>(name, process, {
    connection: redis,
    prefix: keyPrefix,
    skipVersionCheck: true,
    concurrency,
    limiter: unlimited,
    lockDuration: lockMilliseconds,
    stalledInterval: checkMilliseconds,
    // A task whose workers were killed is tried all the same: it was accepted.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    runRetryDelay: 1000,
    settings: {
      backoffStrategy: (_attempts, _type, error) => (error instanceof Retry ? error.milliseconds : 1000),
    },
  })
  worker.on('error', onError)

  return {
    async stop(milliseconds) {
      clearTimeout(restTimer)
      await inTime(milliseconds, worker.close()).catch(onError)
      const back = [...underWay].map(([job, token]) => job.moveToWait(token))
      await inTime(handBackMilliseconds, Promise.all(back)).catch(onError)
    },
  }
}
