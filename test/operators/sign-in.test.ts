import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword } from '../../app/operators/password.ts'
import { startSite } from '../site/site.ts'
import { startOperatorSite } from './operator-site.ts'
import { cookieOf, fieldOf, openSignIn, signIn } from './signed-in.ts'

const right = { name: 'operator', password: 'operator' }
const where = (answer: Response) => [answer.status, answer.headers.get('location')]

test('an operator signs in, sees the pages under a new session id, and signs out', async (t) => {
  const site = await startOperatorSite(t)
  const { cookie: before, csrf } = await openSignIn(site)
  const answer = await site.post('/admin/sign-in', { ...right, csrf }, { cookie: before })
  assert.deepEqual(where(answer), [303, '/admin'])
  const cookie = cookieOf(answer)
  assert.notEqual(cookie, before)
  assert.match(answer.headers.get('set-cookie') ?? '', /^operator=.*; HttpOnly; SameSite=Lax$/)
  assert.deepEqual(where(await site.get('/admin/searches', { cookie: before })), [
    303,
    '/admin/sign-in?to=%2Fadmin%2Fsearches',
  ])
  const page = await site.get('/admin/searches', { cookie })
  assert.equal(page.status, 200)
  const html = await page.text()
  assert.match(html, /Signed in as <strong>operator<\/strong>/)
  assert.notEqual(fieldOf(html, 'csrf'), csrf, 'the token of before the sign-in is worth nothing after')
  assert.equal((await site.post('/admin/sign-out', { csrf }, { cookie })).status, 403)
  const out = await site.post('/admin/sign-out', { csrf: fieldOf(html, 'csrf') }, { cookie })
  assert.deepEqual(where(out), [303, '/admin/sign-in'])
  assert.equal((await site.get('/admin/searches', { cookie })).status, 303)
})

test('a wrong password and an unknown name are answered alike, with the form', async (t) => {
  const site = await startOperatorSite(t)
  const answers = []
  for (const wrong of [
    { ...right, password: 'Operator' },
    { ...right, name: 'operatox' },
    { ...right, name: '' },
  ]) {
    const { cookie, csrf } = await openSignIn(site)
    const answer = await site.post('/admin/sign-in', { ...wrong, csrf }, { cookie })
    assert.equal(answer.status, 422)
    assert.equal(answer.headers.get('set-cookie'), null)
    const [, main = ''] = (await answer.text()).split('<main')
    const html = main.replace(`"csrf" value="${csrf}"`, '').replace(`required value="${wrong.name}"`, '')
    assert.doesNotMatch(html, /Operator"/, 'a password is never sent back')
    answers.push(html)
  }
  assert.match(answers[0] ?? '', /role="alert">No operator has this name with this password/)
  assert.deepEqual([answers[1], answers[2]], [answers[0], answers[0]])
})

test('a form without the token of its session signs nobody in', async (t) => {
  const site = await startOperatorSite(t)
  const [one, two] = [await openSignIn(site), await openSignIn(site)]
  for (const headers of [{ cookie: one.cookie }, { cookie: '' }]) {
    const answer = await site.post(
      '/admin/sign-in',
      { ...right, csrf: two.csrf },
      headers as { cookie: string },
    )
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /The form had become too old/)
  }
})

test('a sign-in from another site is refused', async (t) => {
  const site = await startOperatorSite(t)
  const { cookie, csrf } = await openSignIn(site)
  for (const [header, value] of [
    ['origin', 'https://evil.test'],
    ['sec-fetch-site', 'cross-site'],
  ] as const) {
    const answer = await site.post('/admin/sign-in', { ...right, csrf }, { cookie, [header]: value })
    assert.equal(answer.status, 403)
    assert.equal(answer.headers.get('set-cookie'), null)
  }
})

test('after the sign-in comes the page that was asked for, if it is one of ours', async (t) => {
  const sites = [await startOperatorSite(t), await startOperatorSite(t)] as const
  const pages = {
    '/admin/searches': '/admin/searches',
    '/admin?state=invited&text=a%26b': '/admin?state=invited&text=a%26b',
    '/admin/queue/queue/x': '/admin/queue/queue/x',
    'https://evil.test/admin': '/admin',
    '//evil.test/admin/': '/admin',
    '/admin/..//evil.test': '/admin',
    '/\\evil.test': '/admin',
    '/administration': '/admin',
    '/session': '/admin',
    '/admin/sign-in?to=/admin': '/admin',
    'javascript:alert(1)//admin/': '/admin',
  }
  for (const [index, [asked, led]] of Object.entries(pages).entries()) {
    // A name may sign in ten times in a while.
    const site = sites[index < 6 ? 0 : 1]
    const { cookie, csrf } = await openSignIn(site)
    const form = await site.get(`/admin/sign-in?${new URLSearchParams({ to: asked })}`, { cookie })
    const to = fieldOf(await form.text(), 'to').replaceAll('&amp;', '&')
    assert.equal(to, led, asked)
    const answer = await site.post('/admin/sign-in', { ...right, csrf, to: asked }, { cookie })
    assert.deepEqual(where(answer), [303, led], asked)
  }
})

test('who is signed in already is sent on from the form', async (t) => {
  const site = await startOperatorSite(t)
  const operator = await signIn(site)
  assert.deepEqual(where(await operator.get('/admin/sign-in?to=/admin/queue')), [303, '/admin/queue'])
})

test('too many attempts are answered with 429 and how long to wait, also for the right password', async (t) => {
  const site = await startOperatorSite(t)
  const { cookie, csrf } = await openSignIn(site)
  let answer = await site.post('/admin/sign-in', { csrf, name: 'operator', password: 'x' }, { cookie })
  for (let attempt = 0; attempt < 50 && answer.status === 422; attempt++) {
    answer = await site.post('/admin/sign-in', { csrf, name: 'operator', password: 'x' }, { cookie })
  }
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  const late = await site.post('/admin/sign-in', { ...right, csrf }, { cookie })
  assert.equal(late.status, 429)
  assert.match(await late.text(), /There were too many attempts/)
})

test('who tries passwords of an operator locks out no other client', async (t) => {
  const site = await startOperatorSite(t, { trustProxy: 'loopback' })
  const { cookie, csrf } = await openSignIn(site)
  const attempt = async (client: string, password: string) => {
    const headers = { cookie, 'x-forwarded-for': client }
    return (await site.post('/admin/sign-in', { ...right, password, csrf }, headers)).status
  }
  const wrong: number[] = []
  for (let times = 0; times < 130; times++) wrong.push(await attempt('203.0.113.9', 'x'))
  assert.equal(wrong.at(-1), 429)
  assert.equal(await attempt('198.51.100.7', right.password), 303)
})

test('each step of signing in and out is a line of the audit log, without passwords', async (t) => {
  const site = await startOperatorSite(t)
  const { cookie, csrf } = await openSignIn(site)
  await site.post('/admin/sign-in', { csrf, name: 'operator', password: 'hunter2hunter2' }, { cookie })
  await site.post('/admin/sign-in', { csrf, name: 'hunter2hunter2', password: 'x' }, { cookie })
  const operator = await signIn(site)
  await operator.post('/admin/sign-out', {})
  const audited = site.lines.map((line) => JSON.parse(line)).filter(({ audit }) => audit === true)
  assert.deepEqual(
    audited.map(({ action, operator: who }) => [action, who]),
    [
      ['sign-in refused', 'operator'],
      ['sign-in refused', undefined],
      ['signed in', 'operator'],
      ['signed out', 'operator'],
    ],
  )
  assert.ok(audited.every(({ requestId }) => typeof requestId === 'string'))
  assert.doesNotMatch(site.lines.join(''), /hunter2/)
})

test('a session ends eight hours after the sign-in, however busy it was', async (t) => {
  const site = await startOperatorSite(t)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const operator = await signIn(site)
  for (let hour = 0; hour < 8; hour++) {
    assert.equal((await operator.get('/admin/searches')).status, 200, `after ${hour} h`)
    t.mock.timers.tick(3600 * 1000)
  }
  assert.equal((await operator.get('/admin/searches')).status, 303)
})

test('a new password and a removed name end the sessions that are there', async (t) => {
  const passwordHash = await hashPassword('operator', { N: 2 ** 10, r: 8, p: 1 })
  const operators = [{ name: 'operator', passwordHash }]
  const site = await startOperatorSite(t, { operators })
  const operator = await signIn(site)
  assert.equal((await operator.get('/admin/searches')).status, 200)
  operators[0] = { name: 'operator', passwordHash: passwordHash.replace('$1024$', '$2048$') }
  assert.equal((await operator.get('/admin/searches')).status, 303)
  operators[0] = { name: 'operator', passwordHash }
  assert.equal((await operator.get('/admin/searches')).status, 200)
  operators.pop()
  assert.equal((await operator.get('/admin/searches')).status, 303)
})

test('only development tells its password, and without operators the page says how to make one', async (t) => {
  const text = async (changes: object) => {
    const site = await startOperatorSite(t, changes)
    return (await site.get('/admin/sign-in')).text()
  }
  const password = /the operator <code>operator<\/code> has the password/
  assert.match(await text({ environment: 'development' }), password)
  assert.doesNotMatch(await text({}), password)
  assert.doesNotMatch(await text({ environment: 'production' }), password)
  const passwordHash = await hashPassword('operator', { N: 2 ** 10, r: 8, p: 1 })
  assert.doesNotMatch(
    await text({ environment: 'development', operators: [{ name: 'operator', passwordHash }] }),
    password,
  )
  const nobody = await text({ environment: 'production', operators: [] })
  assert.doesNotMatch(nobody, password)
  assert.match(nobody, /npm run operator -- add NAME/)
})

test('nothing of the pages for operators is kept by a cache or a search engine', async (t) => {
  const site = await startOperatorSite(t)
  const operator = await signIn(site)
  for (const answer of [await site.get('/admin/sign-in'), await operator.get('/admin/searches')]) {
    assert.equal(answer.headers.get('cache-control'), 'private, no-store')
    assert.match(await answer.text(), /<meta name="robots" content="noindex">/)
  }
})

test('the whole site has the pages, and a visitor’s session opens none of them', async (t) => {
  const site = await startSite(t)
  const visitor = cookieOf(await site.get('/session')).replace('session=', 'operator=')
  assert.equal((await site.get('/admin/searches', { cookie: visitor })).status, 303)
  const operator = await signIn(site)
  assert.equal((await operator.get('/admin/searches')).status, 200)
})
