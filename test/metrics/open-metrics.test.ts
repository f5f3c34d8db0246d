import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openMetrics } from '../../app/metrics/open-metrics.ts'
import { startSite, type TestSite } from '../site/site.ts'
import { samplesOf, sumOf, unusedPort } from './scrape.ts'

async function measuredSite(t: TestContext, changes = {}): Promise<{ site: TestSite; metrics: string }> {
  const metricsPort = await unusedPort()
  const site = await startSite(t, { release: '7', instance: 'web-1', metricsPort, ...changes })
  const { server } = await openMetrics(site.config, { ...site.app.measured, part: 'webapp' })
  t.after(() => server.close())
  return { site, metrics: `http://127.0.0.1:${metricsPort}/metrics` }
}

const scrape = async (url: string) => samplesOf(await (await fetch(url)).text())

test('every answer but those to checks is counted once, and no address or query becomes a label', async (t) => {
  const { site, metrics } = await measuredSite(t)
  for (const path of [
    '/docs',
    '/docs',
    '/docs?token=hunter2',
    '/session',
    '/invite',
    '/nowhere',
    '/search?q=x',
  ])
    await site.get(path)
  for (const path of ['/readyz', '/docs', '/nowhere']) await site.get(path, { 'x-health-check': 'balancer' })
  const samples = await scrape(metrics)
  const counted = samples.filter(({ name }) => name === 'dogfood_requests_total')
  assert.deepEqual(
    counted.map(({ labels, value }) => [labels.kind, labels.status, labels.cache, value].join(' ')).sort(),
    [
      'form 200 bypass 1',
      'private 200 bypass 1',
      'public 200 memory 2',
      'public 200 render 1',
      'public 404 bypass 1',
      'query 200 bypass 1',
    ],
  )
  assert.equal(sumOf(samples, 'dogfood_request_duration_seconds_count'), 7)
  assert.equal(sumOf(samples, 'dogfood_request_duration_seconds_bucket', { le: '+Inf' }), 7)
  assert.doesNotMatch(await (await fetch(metrics)).text(), /hunter2|docs|nowhere/)
})

test('release, instance, memory, event loop and disk are told', async (t) => {
  const { metrics } = await measuredSite(t)
  const samples = await scrape(metrics)
  assert.equal(sumOf(samples, 'dogfood_build_info', { release: '7', part: 'webapp', instance: 'web-1' }), 1)
  for (const name of [
    'process_resident_memory_bytes',
    'dogfood_disk_free_bytes',
    'nodejs_heap_size_total_bytes',
  ])
    assert.ok(sumOf(samples, name) > 0, name)
  assert.ok(samples.some(({ name }) => name === 'nodejs_eventloop_lag_p99_seconds'))
  assert.ok(samples.every(({ labels }) => labels.instance === 'web-1'))
})

test('a store that is away is told as down, one that is in memory not at all', async (t) => {
  const { site, metrics } = await measuredSite(t, { sessionsUrl: 'redis://127.0.0.1:1' })
  await site.get('/session')
  const stores = (await scrape(metrics)).filter(({ name }) => name === 'dogfood_redis_up')
  assert.deepEqual(
    stores.map(({ labels, value }) => [labels.store, value]),
    [['sessions', 0]],
  )
})

test('only /metrics is there, and only to read', async (t) => {
  const { metrics } = await measuredSite(t)
  assert.equal((await fetch(new URL('/', metrics))).status, 404)
  assert.equal((await fetch(metrics, { method: 'POST' })).status, 404)
  assert.match((await fetch(metrics)).headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
})

test('the site itself has no page of metrics', async (t) => {
  const { site } = await measuredSite(t)
  assert.equal((await site.get('/metrics')).status, 404)
})

test('a site that logs nothing counts all the same', async (t) => {
  const { site, metrics } = await measuredSite(t, { logLevel: 'silent' })
  await site.get('/docs')
  assert.equal(sumOf(await scrape(metrics), 'dogfood_requests_total'), 1)
})

test('without a port nothing is counted', async (t) => {
  const site = await startSite(t)
  assert.equal(site.app.measured.requests, undefined)
})

test('a port that is taken is named with its setting', async (t) => {
  const { site } = await measuredSite(t)
  await assert.rejects(openMetrics(site.config, { ...site.app.measured, part: 'webapp' }), {
    code: 'EADDRINUSE',
    setting: 'METRICS_PORT',
  })
})
