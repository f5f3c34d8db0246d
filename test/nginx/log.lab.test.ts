import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { type Front, startFront, untilServing } from './front.ts'

let front: Front
before(async () => {
  front = await startFront()
  await front.startUpstream()
  await untilServing(front)
})
after(() => front.stop())

test('a request is one line of JSON with times, cache result and request id', async () => {
  const answer = await front.ask({ path: '/page?page=2', headers: { 'User-Agent': 'a "quoted" agent' } })
  const line = await front.logged(answer)
  assert.equal(line.requestId, answer.headers['x-request-id'])
  assert.deepEqual([line.method, line.path, line.status, line.cache], ['GET', '/page', 200, 'memory'])
  assert.equal(line.bytes, answer.body.length)
  assert.equal(line.agent, 'a "quoted" agent')
  assert.equal(typeof line.seconds, 'number')
  assert.match(String(line.upstreamSeconds), /^\d+\.\d{3}$/)
  assert.equal(line.upstreamStatus, '200')
  assert.match(String(line.upstream), /^[\d.]+:8000$/)
  assert.match(String(line.client), /^[\d.]+$/)
  assert.ok(Math.abs(Date.parse(String(line.time)) - Date.now()) < 60_000)
})

test('a page that nginx answers itself is logged under the address that was asked for', async () => {
  const line = await front.logged(await front.ask('/readyz?why'))
  assert.deepEqual([line.path, line.status, line.upstream], ['/readyz', 404, ''])
})

test('no query, cookie, password or page a visitor came from reaches the log', async () => {
  const answer = await front.ask({
    path: '/page?token=TOPSECRET',
    method: 'POST',
    body: 'password=TOPSECRET',
    headers: {
      Cookie: 'session=TOPSECRET',
      Authorization: 'Bearer TOPSECRET',
      Referer: 'https://a.test/b?c=TOPSECRET#d',
    },
  })
  assert.equal((await front.logged(answer)).referer, 'https://a.test/b')
  assert.doesNotMatch(await docker('logs', front.name), /TOPSECRET/)
})

test('health checks are not logged', async () => {
  const check = await front.ask('/healthz')
  await front.logged(await front.ask('/page'))
  assert.doesNotMatch(await docker('logs', front.name), new RegExp(String(check.headers['x-request-id'])))
})
