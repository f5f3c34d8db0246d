import { test } from 'node:test'
import { memoryTaskQueue } from '../../app/deliveries/memory-task-queue.ts'
import { queueCases, runCase } from './queue-cases.ts'

for (const [title, check] of Object.entries(queueCases)) {
  test(`in memory, ${title}`, () => runCase(memoryTaskQueue(), check))
}
