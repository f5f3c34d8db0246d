import { redisTaskQueue } from '../../app/deliveries/redis-task-queue.ts'
import type { ConsumableQueue } from '../../app/deliveries/task-queue.ts'
import { type Container, startContainer } from '../lab/docker.ts'
import { until } from '../until.ts'

export interface QueueRedis extends Container {
  readonly url: string
}

/** Redis as production runs redisqueue: each change is on disk before it is answered, and nothing is evicted. */
export async function startQueueRedis(): Promise<QueueRedis> {
  const args = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction']
  const container = await startContainer({ image: 'redis:8.10.1', ports: [6379], args })
  return { ...container, url: `redis://127.0.0.1:${container.port(6379)}` }
}

/** A queue in it, once it answers. */
export async function openQueueIn({ url }: QueueRedis): Promise<ConsumableQueue> {
  const queue = await redisTaskQueue(url)
  await until(
    async () => queue.state() === 'up' && (await queue.counts()) !== undefined,
    'the queue to answer',
  )
  return queue
}
