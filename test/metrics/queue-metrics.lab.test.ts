import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import type { ConsumableQueue } from '../../app/deliveries/task-queue.ts'
import { openMetrics } from '../../app/metrics/open-metrics.ts'
import { openQueueIn, type QueueRedis, startQueueRedis } from '../deliveries/redis-queue.ts'
import { requestTask } from '../deliveries/working.ts'
import { until } from '../until.ts'
import { type Sample, samplesOf, sumOf, unusedPort } from './scrape.ts'

let container: QueueRedis
let queue: ConsumableQueue

before(async () => {
  container = await startQueueRedis()
  queue = await openQueueIn(container)
})

after(async () => {
  await queue.close()
  await container.remove()
})

async function workerMetrics(t: TestContext) {
  const config = { ...readConfig({ NODE_ENV: 'test' }), metricsPort: await unusedPort() }
  const stores = () => ({ queue: queue.state() })
  const metrics = await openMetrics(config, { part: 'worker', stores, queue: () => queue })
  t.after(() => metrics.server.close())
  const url = `http://127.0.0.1:${config.metricsPort}/metrics`
  const scrape = async (): Promise<Sample[]> => samplesOf(await (await fetch(url)).text())
  return { ...metrics, scrape }
}

test('depth and age of each queue are told by state, dead letters too', async (t) => {
  const { scrape } = await workerMetrics(t)
  await queue.add(requestTask())
  await queue.add(requestTask(), { delaySeconds: 60 })
  const waiting = { queue: 'requests', state: 'waiting' }
  await until(async () => sumOf(await scrape(), 'dogfood_queue_oldest_seconds', waiting) > 0.2, 'an age')
  const samples = await scrape()
  const tasks = (state: string) => sumOf(samples, 'dogfood_queue_tasks', { queue: 'requests', state })
  assert.deepEqual(['waiting', 'active', 'retry', 'dead_letter'].map(tasks), [1, 0, 1, 0])
  assert.equal(sumOf(samples, 'dogfood_queue_oldest_seconds', { queue: 'mail', state: 'waiting' }), 0)
  assert.equal(samples.filter(({ name }) => name === 'dogfood_queue_tasks').length, 16)

  const consumer = queue.consume('requests', { concurrency: 1, onError: () => {} }, async () => ({
    next: 'give up',
    reason: 'a test',
  }))
  t.after(() => consumer.stop(1000))
  const dead = { queue: 'requests', state: 'dead_letter' }
  await until(async () => sumOf(await scrape(), 'dogfood_queue_tasks', dead) === 1, 'a dead letter')
  assert.ok(sumOf(await scrape(), 'dogfood_queue_oldest_seconds', dead) > 0)
})

test('attempts are counted by queue and outcome', async (t) => {
  const { scrape, countAttempt } = await workerMetrics(t)
  countAttempt('crm', { next: 'done' }, 12)
  countAttempt('crm', { next: 'give up', reason: 'a test' }, 12)
  const samples = await scrape()
  assert.equal(sumOf(samples, 'dogfood_delivery_attempts_total', { queue: 'crm', outcome: 'give_up' }), 1)
  assert.equal(sumOf(samples, 'dogfood_delivery_duration_seconds_count', { queue: 'crm' }), 2)
})

test('while redisqueue is frozen the rest is told within two seconds, and no stale number', async (t) => {
  const { scrape } = await workerMetrics(t)
  await container.pause()
  t.after(() => container.unpause())
  const begun = performance.now()
  const samples = await scrape()
  assert.ok(performance.now() - begun < 2000)
  assert.equal(samples.filter(({ name }) => name.startsWith('dogfood_queue')).length, 0)
  assert.ok(sumOf(samples, 'process_resident_memory_bytes') > 0)
})
