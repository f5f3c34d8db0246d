import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { test } from 'node:test'
import { startQueueRedis } from '../deliveries/redis-queue.ts'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'

// Longer than a request waits for a store, shorter than a new instance does.
const closedMilliseconds = 1200

/** The way to a Redis, which is closed for a moment. */
async function slowWay(port: number) {
  const opens = performance.now() + closedMilliseconds
  const server = createServer((near) => {
    if (performance.now() < opens) return near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) socket.on('error', () => {})
    near.on('close', () => far.destroy())
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => server.close() }
}

test('an instance takes forms from the moment on that it is ready, however late its stores are connected', async (t) => {
  const redis = await startQueueRedis()
  t.after(() => redis.remove())
  const { url, close } = await slowWay(redis.port(6379))
  t.after(close)
  const site = await startSite(t, { cacheUrl: url, sessionsUrl: url, queueUrl: url })
  const ready = async () => (await site.get('/readyz')).status === 200
  assert.equal(await ready(), false)
  await until(ready, 'the instance to be ready')
  const answers = await Promise.all([
    site.post('/session', { name: 'Ann' }),
    site.get('/session'),
    site.get('/invite'),
    site.get('/admin/sign-in'),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 200, 200, 200],
  )
  assert.deepEqual(((await (await site.get('/readyz')).json()) as { stores: object }).stores, {
    cache: 'up',
    sessions: 'up',
    queue: 'up',
  })
})
