import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../site/site.ts'

const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

test('a private page knows its visitor, and is kept nowhere', async (t) => {
  const site = await startSite(t)
  const first = await site.get('/session')
  assert.match(
    first.headers.get('set-cookie') ?? '',
    /^session=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
  )
  assert.equal(first.headers.get('cache-control'), 'private, no-store')
  assert.equal(first.headers.get('x-page-cache'), 'bypass')
  const cookie = cookieOf(first)
  await site.post('/session', { name: 'Ann' }, { cookie })
  assert.doesNotMatch(await (await site.get('/session')).text(), /Ann/)
})

test('a visitor who says a name gets a new session id and keeps what the session held', async (t) => {
  const site = await startSite(t)
  const before = cookieOf(await site.get('/session'))
  const answer = await site.post('/session', { name: 'Ann <b>' }, { cookie: before })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/session'])
  const after = cookieOf(answer)
  assert.notEqual(after, before)
  const page = await (await site.get('/session', { cookie: after })).text()
  assert.match(page, /Ann &lt;b&gt;/)
  assert.doesNotMatch(await (await site.get('/session', { cookie: before })).text(), /Ann/)
})

test('a wrong name is answered with the form, what was typed, and why', async (t) => {
  const site = await startSite(t)
  const answer = await site.post('/session', { name: 'x'.repeat(61) })
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /x{61}/)
})

test('a forgotten session is gone from its store', async (t) => {
  const site = await startSite(t)
  const cookie = cookieOf(await site.post('/session', { name: 'Ann' }))
  assert.match(await (await site.get('/session', { cookie })).text(), /Ann/)
  assert.equal((await site.post('/session/forget', {}, { cookie })).status, 303)
  assert.doesNotMatch(await (await site.get('/session', { cookie })).text(), /Ann/)
})

test('public pages neither read nor set a session', async (t) => {
  const site = await startSite(t)
  const cookie = cookieOf(await site.post('/session', { name: 'Ann' }))
  for (const path of ['/', '/docs', '/blog', '/nowhere']) {
    const answer = await site.get(path, { cookie })
    assert.equal(answer.headers.get('set-cookie'), null, path)
    assert.doesNotMatch(await answer.text(), /Ann/, path)
  }
})

test('a content page may be private: never cached, and made with its session', async (t) => {
  const site = await startSite(t)
  for (let i = 0; i < 2; i++) {
    const answer = await site.get('/mine')
    assert.deepEqual([answer.status, answer.headers.get('x-page-cache')], [200, 'bypass'])
    assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  }
})

test('with https the cookie is Secure and bound to the host', async (t) => {
  const site = await startSite(t, { publicUrl: 'https://www.example.com' })
  const answer = await site.get('/session', { 'x-forwarded-proto': 'https' })
  assert.match(
    answer.headers.get('set-cookie') ?? '',
    /^__Host-session=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('a cookie signed with an older secret still works, one with a dropped secret does not', async (t) => {
  const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)]
  const { createHmac } = await import('node:crypto')
  const site = await startSite(t, { sessionSecrets: [newer, older] })
  const cookie = cookieOf(await site.post('/session', { name: 'Ann' }))
  const id = decodeURIComponent(cookie.split('=')[1] ?? '').replace(/^s:|\..*$/g, '')
  const signedWith = (secret: string) => {
    const signature = createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '')
    return `session=${encodeURIComponent(`s:${id}.${signature}`)}`
  }
  assert.match(await (await site.get('/session', { cookie: signedWith(older) })).text(), /Ann/)
  assert.doesNotMatch(
    await (await site.get('/session', { cookie: signedWith('d'.repeat(32)) })).text(),
    /Ann/,
  )
})

test('a request from another site changes nothing', async (t) => {
  const site = await startSite(t)
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
  ]
  for (const headers of foreign) {
    const answer = await site.post('/session', { name: 'Ann' }, headers as unknown as Record<string, string>)
    assert.equal(answer.status, 403, JSON.stringify(headers))
    assert.equal(answer.headers.get('set-cookie'), null)
  }
  assert.equal(
    (await site.post('/session', { name: 'Ann' }, { 'sec-fetch-site': 'same-origin' })).status,
    303,
  )
})

test('a form over 16 KB is refused', async (t) => {
  const answer = await (await startSite(t)).post('/session', { name: 'x'.repeat(17_000) })
  assert.equal(answer.status, 413)
})
