import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startSite } from '../site/site.ts'

test('one line a request, with id, URL without query, status, release, instance and cache result', async (t) => {
  const site = await startSite(t, { release: '7', instance: 'a' })
  const requestId = '0123456789abcdef0123456789abcdef'
  for (const path of ['/docs', '/docs?q=1', '/session', '/nowhere'])
    await site.get(path, { 'x-request-id': requestId })
  await wait(50)
  const lines = site.lines.map((line) => JSON.parse(line)).filter(({ status }) => status)
  assert.deepEqual(
    lines.map(({ url, status, cache }) => [url, status, cache]),
    [
      ['/docs', 200, 'render'],
      ['/docs', 200, 'memory'],
      ['/session', 200, 'bypass'],
      ['/nowhere', 404, 'bypass'],
    ],
  )
  for (const { requestId: id, release, instance, method, milliseconds } of lines) {
    assert.deepEqual([id, release, instance, method], [requestId, '7', 'a', 'GET'])
    assert.equal(typeof milliseconds, 'number')
  }
})

test('a request id that is none is replaced', async (t) => {
  const site = await startSite(t)
  await site.get('/', { 'x-request-id': '<script>alert(1)</script>' })
  await wait(50)
  assert.match(JSON.parse(site.lines[0] ?? '').requestId, /^[0-9a-f-]{36}$/)
})

test('nothing private of a request reaches the log', async (t) => {
  const site = await startSite(t)
  const cookie = 'session=s%3Ahunter2.hunter2'
  await site.get('/docs?token=hunter2&email=ann@example.com', { cookie, authorization: 'Bearer hunter2' })
  await site.post('/session', { name: 'Ann', password: 'hunter2', email: 'ann@example.com' }, { cookie })
  await wait(50)
  assert.doesNotMatch(site.lines.join(''), /hunter2|ann@example/)
})

test('a failure is logged with its stack and the request it belongs to', async (t) => {
  const site = await startSite(t, { sessionsUrl: 'redis://127.0.0.1:1' })
  await site.get('/session', { 'x-request-id': 'abcdefgh', cookie: 'session=s%3Ahunter2.x' })
  await wait(50)
  const failure = site.lines.map((line) => JSON.parse(line)).find(({ err }) => err)
  assert.equal(failure.requestId, 'abcdefgh')
  assert.match(failure.err.stack, /SiteError/)
})

test('a check of the balancer leaves no line, whatever it asks for', async (t) => {
  const site = await startSite(t)
  for (const path of ['/readyz', '/', '/docs', '/nowhere']) {
    const { status } = await site.get(path, { 'x-health-check': 'balancer' })
    assert.equal(status, path === '/nowhere' ? 404 : 200)
  }
  await site.get('/docs', { 'x-health-check': '' })
  await wait(50)
  const lines = site.lines.map((line) => JSON.parse(line)).filter(({ url }) => url)
  assert.deepEqual(
    lines.map(({ url }) => url),
    ['/docs'],
  )
})
