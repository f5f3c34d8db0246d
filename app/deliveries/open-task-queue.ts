import type { ConsumableQueue } from './task-queue.ts'

/** The queue that a URL names: `redis://…`, or `memory:` for a process of its own. */
export async function openTaskQueue(url: string): Promise<ConsumableQueue> {
  if (url === 'memory:') return (await import('./memory-task-queue.ts')).memoryTaskQueue()
  return (await import('./redis-task-queue.ts')).redisTaskQueue(url)
}
