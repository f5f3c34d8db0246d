import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import { type Front, startFront, untilServing } from './front.ts'

let front: Front
before(async () => {
  front = await startFront()
  await front.startUpstream()
  await untilServing(front)
})
after(() => front.stop())

/** Access log and error log. */
const logs = (): Promise<string> => run('sh', ['-c', `docker logs ${front.name} 2>&1`])

test('a request is one line of JSON with times, cache result and request id', async () => {
  const answer = await front.ask({ path: '/page?page=2', headers: { 'User-Agent': 'a "quoted" agent' } })
  const line = await front.logged(answer)
  assert.equal(line.requestId, answer.headers['x-request-id'])
  assert.deepEqual([line.method, line.path, line.status, line.cache], ['GET', '/page', 200, 'memory'])
  assert.equal(line.frontCache, 'MISS')
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
  assert.doesNotMatch(await logs(), /TOPSECRET/)
})

test('the token of an invite link reaches no log, not even when the app fails', async () => {
  const link = await front.ask('/signup?token=TOPSECRET')
  assert.equal(link.status, 503)
  assert.equal((await front.logged(link)).path, '/signup')
  for (const path of ['/signup/?token=TOPSECRET', '/Signup?token=TOPSECRET'])
    assert.equal((await front.ask(path)).status, 503, path)
  await front.ask('/dropped')
  await until(async () => /\[error\].*"GET \/dropped /.test(await logs()), 'the same fault elsewhere')
  assert.doesNotMatch(await logs(), /TOPSECRET/)
})

test('health checks are not logged', async () => {
  const check = await front.ask('/healthz')
  await front.logged(await front.ask('/page'))
  assert.doesNotMatch(await logs(), new RegExp(String(check.headers['x-request-id'])))
})
