import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import type { StoreState } from '../../app/cache/page-store.ts'
import { createHealth } from '../../app/health/health.ts'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'

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

test('a dead Redis is told, and makes a new instance unready for a moment only', async (t) => {
  const nobody = 'redis://127.0.0.1:1'
  const site = await startSite(t, { cacheUrl: nobody, sessionsUrl: nobody })
  assert.equal((await site.get('/')).status, 200)
  assert.equal((await site.get('/readyz')).status, 503)
  await until(async () => (await site.get('/readyz')).status === 200, 'the instance to give the store up', 10)
  const ready = await site.get('/readyz')
  assert.deepEqual(((await ready.json()) as { stores: object }).stores, {
    cache: 'down',
    sessions: 'down',
    queue: 'unused',
  })
})

test('an instance that was ready stays so when its stores go', () => {
  let store: StoreState = 'opening'
  let opened = 0
  const { ready } = createHealth({
    release: '7',
    instance: 'a',
    isDraining: () => false,
    stores: () => ({ sessions: store, cache: 'unused' }),
    openStores: async () => void opened++,
  })
  const status = (): number => {
    let answered = 0
    const end = () => {}
    const writeHead = (code: number) => {
      answered = code
      return { end }
    }
    ready({} as IncomingMessage, { writeHead } as unknown as ServerResponse)
    return answered
  }
  assert.deepEqual([status(), opened], [503, 1])
  store = 'down'
  assert.equal(status(), 503)
  store = 'up'
  assert.equal(status(), 200)
  store = 'down'
  assert.deepEqual([status(), opened], [200, 1])
})

test('health answers are never cached', async (t) => {
  const site = await startSite(t)
  for (const path of ['/healthz', '/readyz']) {
    assert.equal((await site.get(path)).headers.get('cache-control'), 'no-store')
  }
})
