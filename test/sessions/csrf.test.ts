import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from 'express'
import { csrfOf, hasCsrf } from '../../app/sessions/csrf.ts'
import { startSteps } from '../signup/step-site.ts'
import { hiddenFields, visitorOf } from '../signup/visitor.ts'

const requestOf = (session: object, body?: object) =>
  ({ session: Object.assign(session, { cookie: {} }), body }) as unknown as Request

test('a session has one token of 256 bits, and no other session has it', () => {
  const [one, other] = [requestOf({}), requestOf({})]
  assert.match(csrfOf(one), /^[\w-]{43}$/)
  assert.equal(csrfOf(one), csrfOf(one))
  assert.notEqual(csrfOf(one), csrfOf(other))
})

test('only the token of the session passes, whole and alone', () => {
  const session = {}
  const csrf = csrfOf(requestOf(session))
  const wrong = [undefined, {}, { csrf: '' }, { csrf: [csrf] }, { csrf: `${csrf} ` }, { csrf: csrf.slice(1) }]
  for (const body of [...wrong, { csrf: { csrf } }, { csrf: 'é'.repeat(43) }, { csrf: csrf.toLowerCase() }])
    assert.equal(hasCsrf(requestOf(session, body)), false, JSON.stringify(body))
  assert.equal(hasCsrf(requestOf(session, { csrf })), true)
  for (const body of [{}, { csrf: '' }, { csrf: 'undefined' }])
    assert.equal(hasCsrf(requestOf({}, body)), false, 'a session without a token')
})

/** How long the browser keeps the cookie of an answer (min). */
const lasts = (answer: Response): number => {
  const [, expires = ''] = /Expires=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  return Math.round((Date.parse(expires) - Date.now()) / 60_000)
}

test('a session for a form alone ends within half an hour, one with a signup stays for two weeks', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  const opened = await visitor.get(link)
  assert.equal(lasts(opened), 30)
  const begun = await visitor.post('/signup', hiddenFields(await opened.text()))
  assert.equal(lasts(begun), 14 * 24 * 60)
  assert.equal(lasts(await visitor.get('/signup/workspace')), 14 * 24 * 60)
})

test('a session for a form alone stays for two weeks, with a new id, once it knows its visitor', async (t) => {
  const site = await startSteps(t)
  const { link } = await site.invite()
  const visitor = visitorOf(site.url)
  const form = hiddenFields(await (await visitor.get(link)).text())
  const before = visitor.cookie
  assert.equal(lasts(await visitor.get('/session')), 14 * 24 * 60)
  const after = visitor.cookie
  assert.notEqual(after, before)
  await visitor.get('/session')
  assert.equal(visitor.cookie, after, 'once is enough')
  assert.equal(
    (await visitor.post('/signup', form)).status,
    303,
    'the form of before is still of this session',
  )
})

const steps = {
  '/signup/workspace': { workspace: 'forged' },
  '/signup/account': { password: 'three white horses', terms: 'yes' },
} as const

test('a step of the signup passes with the token of its session, and with nothing else', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  const stranger = visitorOf(site.url)
  const { csrf: foreign = '' } = hiddenFields(await (await stranger.get((await site.invite()).link)).text())
  const { csrf = '' } = hiddenFields(await (await visitor.get('/signup/account')).text())
  for (const [path, fields] of Object.entries(steps)) {
    const wrong: Record<string, string>[] = ['', foreign, csrf.slice(1), `${csrf}x`].map((csrf) => ({ csrf }))
    for (const forged of [{}, ...wrong]) {
      const answer = await visitor.post(path, { ...fields, ...forged })
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(forged)}`)
      const html = await answer.text()
      assert.match(html, /Please send the form once more/)
      assert.doesNotMatch(html, /three white/)
    }
    const twice = new URLSearchParams([...Object.entries(fields), ['csrf', csrf], ['csrf', csrf]])
    assert.equal((await visitor.get(path, { method: 'POST', body: twice })).status, 403)
    const evil = { method: 'POST', body: new URLSearchParams({ ...fields, csrf }) }
    const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } }
    assert.equal((await visitor.get(path, { ...evil, ...crossSite })).status, 403)
  }
  assert.match(await (await visitor.get('/signup/account')).text(), /<strong>engine<\/strong>/)
  assert.equal((await site.standIns.state()).accounts.length, 0)
  for (const [path, fields] of Object.entries(steps)) {
    assert.equal((await visitor.post(path, { ...fields, csrf })).status, 303)
  }
})
