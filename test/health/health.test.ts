import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../site/site.ts'

test('an instance is ready when it listens, and not ready while it drains', async (t) => {
  const site = await startSite(t, { release: '7', instance: 'a' })
  const before = await site.get('/readyz')
  assert.equal(before.status, 200)
  const stores = { cache: 'unused', sessions: 'unused', queue: 'unused' }
  assert.deepEqual(await before.json(), { ready: true, draining: false, release: '7', instance: 'a', stores })
  site.app.drain()
  assert.equal((await site.get('/readyz')).status, 503)
  assert.equal((await site.get('/healthz')).status, 200)
})

test('a dead Redis is told, and does not make an instance unready', async (t) => {
  const nobody = 'redis://127.0.0.1:1'
  const site = await startSite(t, { cacheUrl: nobody, sessionsUrl: nobody })
  await site.app.warmUp()
  assert.equal((await site.get('/')).status, 200)
  const ready = await site.get('/readyz')
  assert.equal(ready.status, 200)
  assert.deepEqual(((await ready.json()) as { stores: object }).stores, {
    cache: 'down',
    sessions: 'down',
    queue: 'unused',
  })
})

test('health answers are never cached', async (t) => {
  const site = await startSite(t)
  for (const path of ['/healthz', '/readyz']) {
    assert.equal((await site.get(path)).headers.get('cache-control'), 'no-store')
  }
})
