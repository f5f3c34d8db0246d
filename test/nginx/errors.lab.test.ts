import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { Container } from '../lab/docker.ts'
import { until } from '../until.ts'
import type { Answer } from './ask.ts'
import { type Front, startFront, untilServing } from './front.ts'

let front: Front
let upstream: Container
before(async () => {
  front = await startFront()
  upstream = await front.startUpstream()
  await untilServing(front)
})
after(() => front.stop())

function assertOwnPage(answer: Answer, status: number, heading: RegExp): void {
  assert.equal(answer.status, status)
  assert.match(answer.text, heading)
  assert.match(answer.text, new RegExp(`<p class="status">${status}</p>`))
  assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.ok(answer.text.includes(String(answer.headers['x-request-id'])), 'the page names its request')
}

test('an address that nginx hides answers 404 with its page', async () => {
  assertOwnPage(await front.ask('/readyz'), 404, /Page not found/)
  assertOwnPage(await front.ask('/errors/404.html'), 404, /Page not found/)
})

test('a body over 64 kB answers 413 with its page and never reaches the app', async () => {
  const fits = await front.ask({ path: '/echo', method: 'POST', body: 'x'.repeat(65_536) })
  assert.equal(JSON.parse(fits.text).method, 'POST')
  assertOwnPage(
    await front.ask({ path: '/echo', method: 'POST', body: 'x'.repeat(65_537) }),
    413,
    /too much at once/,
  )
})

test('sending to a file, or a method that only helps attackers, answers 405 with its page', async () => {
  assertOwnPage(await front.ask({ path: '/page', method: 'TRACE' }), 405, /work that way/)
  assertOwnPage(await front.ask({ path: '/favicon.ico', method: 'POST' }), 405, /work that way/)
})

test('an address or a header that is too long answers 414 and 431 with a page', async () => {
  assertOwnPage(await front.ask(`/${'x'.repeat(9000)}`), 414, /can’t be read/)
  assertOwnPage(
    await front.ask({ path: '/page', headers: { 'X-Long': 'x'.repeat(9000) } }),
    431,
    /can’t be read/,
  )
})

test('a request without a usable host answers 400', async () => {
  assertOwnPage(await front.ask({ path: '/page', headers: { Host: 'a b' } }), 400, /can’t be read/)
  const socket = connect(front.port, '127.0.0.1')
  socket.end('GET /page HTTP/1.1\r\n\r\n')
  assert.match(await text(socket), /^HTTP\/1\.1 400 /)
})

test('headers that never end are cut off after ten seconds', { timeout: 30_000 }, async () => {
  const socket = connect(front.port, '127.0.0.1')
  socket.write('GET /page HTTP/1.1\r\nHost: localhost\r\n')
  assert.match(await text(socket), /^(HTTP\/1\.1 408 .*)?$/s)
})

test('a burst of writes from one address answers 429, and reading goes on', async () => {
  const burst = await Promise.all(
    Array.from({ length: 64 }, () => front.ask({ path: '/echo', method: 'POST', body: 'x' })),
  )
  const refused = burst.filter((answer) => answer.status === 429)
  assert.ok(refused.length > 30 && refused.length < 50, `${refused.length} of 64 were refused`)
  assertOwnPage(refused[0] as Answer, 429, /Too many attempts/)
  assert.equal(refused[0]?.headers['retry-after'], '10')
  const reads = await Promise.all(Array.from({ length: 64 }, () => front.ask('/page')))
  assert.ok(reads.every((answer) => answer.status === 200))
})

test('sessions begin only so often for one address, and reading goes on', async () => {
  for (const path of ['/session', '/signup?token=x', '/admin/sign-in']) {
    const burst = await Promise.all(Array.from({ length: 150 }, () => front.ask(path)))
    assert.ok(burst.filter(({ status }) => status === 429).length > 30, path)
  }
  const reads = await Promise.all(Array.from({ length: 64 }, () => front.ask('/signup/link')))
  assert.ok(reads.every(({ status }) => status !== 429))
})

test('a burst of what the CRM tells from one address gets through, and has bounds', async () => {
  const tell = () => front.ask({ path: '/hooks/crm', method: 'POST', body: 'x'.repeat(65_536) })
  const burst = await Promise.all(Array.from({ length: 150 }, tell))
  assert.deepEqual([...new Set(burst.map(({ text }) => text))], ['app says 404'])
  const more = await Promise.all(Array.from({ length: 250 }, tell))
  assert.ok(more.some(({ status }) => status === 429))
})

test('too many requests at once answer 503, and so does a page that takes too long', {
  timeout: 60_000,
}, async () => {
  const hanging = await Promise.all(Array.from({ length: 260 }, () => front.ask('/welcome')))
  const [busy, late] = [/busy right now/, /takes too long/].map((heading) =>
    hanging.filter(({ text }) => heading.test(text)),
  )
  assert.deepEqual([busy?.length, late?.length], [4, 256])
  for (const answer of hanging) assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '30'])
  assertOwnPage(busy?.[0] as Answer, 503, /busy right now/)
  assertOwnPage(late?.[0] as Answer, 503, /takes too long/)
})

test('error pages of the app pass as they are', async () => {
  for (const status of [400, 403, 404, 405, 413, 422, 429, 500, 502, 503, 504]) {
    const answer = await front.ask(`/admin/status/${status}`)
    assert.deepEqual([answer.status, answer.text], [status, `app says ${status}`])
  }
  for (const status of [400, 403, 404, 405, 422, 429, 500, 503]) {
    const answer = await front.ask(`/status/${status}`)
    assert.deepEqual([answer.status, answer.text], [status, `app says ${status}`])
  }
})

test('a crash in the middle of an answer answers 503 with its page', async () => {
  for (const path of ['/dropped', '/signup']) assertOwnPage(await front.ask(path), 503, /isn’t answering/)
})

test('an app that is gone answers 503 with its page, its style and its icons', async () => {
  await upstream.remove()
  await until(async () => (await front.ask('/page')).status === 503, 'the app to be missed')
  for (const question of [{ path: '/page' }, { path: '/welcome' }, { path: '/page', method: 'POST' }]) {
    const answer = await front.ask(question)
    assertOwnPage(answer, 503, /isn’t answering/)
    assert.equal(answer.headers['retry-after'], '30')
  }
  for (const path of ['/errors/error.css', '/icon.svg']) assert.equal((await front.ask(path)).status, 200)
  assert.equal((await front.ask({ path: '/page', method: 'HEAD' })).status, 503)
})
