import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { cookieOf, cookiesOf } from './visit.ts'
import { rules } from './words.ts'

const allow = rules('cookie:tester=blue')
const PIN = '__Host-side-pin'

let front: CanaryFront
before(async () => {
  front = await startCanaryFront()
})
after(() => front?.stop())

const pinOf = async (path: string, cookie: string, method = 'GET') =>
  cookieOf(await front.ask({ path, method, headers: { Cookie: cookie } }), PIN)
const sideOf = async (cookie: string) => (await front.ask({ path: '/own', headers: { Cookie: cookie } })).text

test('who begins a signup with the old version ends it there', async () => {
  await front.open({ percent: 0 })
  const pins = cookiesOf(await front.ask('/signup?token=1'))
  assert.match(pins[PIN] ?? '', /^c7\.old; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax$/)
  const cookie = `a=b; ${PIN}=c7.old`
  await front.open({ percent: 100 })
  assert.equal(await sideOf('a=b'), 'canary')
  assert.equal(await sideOf(cookie), 'old')
  for (const step of ['/signup', '/signup/workspace', '/signup/account', '/Signup/link'])
    assert.equal(await pinOf(step, cookie, 'POST'), step.startsWith('/s') ? 'c7.old' : undefined, step)
  assert.match(
    cookiesOf(await front.ask({ path: '/welcome', headers: { Cookie: cookie } }))[PIN] ?? '',
    /^; .*Max-Age=0;/,
  )
  assert.equal(await pinOf('/welcome', 'a=b'), undefined)
  assert.equal(await pinOf('/own', cookie), undefined)
})

test('who begins it with the canary ends it there, as long as it is open', async () => {
  await front.open({ percent: 0, allow })
  assert.equal(await pinOf('/signup', 'tester=blue'), 'c7.canary')
  const cookie = `${PIN}=c7.canary`
  assert.equal(await sideOf(cookie), 'canary')
  assert.equal(await sideOf(`${cookie}; tester=old`), 'old')
  assert.equal(await sideOf(`${PIN}=c7.other`), 'old')
  assert.equal(await sideOf(`x${cookie}`), 'old')
  await front.open({ percent: 0, id: 'c8' })
  assert.equal(await sideOf(cookie), 'old')
  await front.close()
  assert.equal(await sideOf(`${PIN}=c8.canary`), 'nobody')
})

test('bots and checks begin no signup', async () => {
  await front.open({ percent: 100 })
  const headers = { 'User-Agent': 'Googlebot/2.1' }
  assert.equal(cookieOf(await front.ask({ path: '/signup', headers }), PIN), undefined)
})
