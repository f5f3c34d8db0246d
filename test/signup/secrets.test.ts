import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf } from './visitor.ts'

const password = 'three white horses'

test('neither token nor password is logged, whatever goes wrong with the request', async (t) => {
  const site = await startSteps(t)
  const { link, token } = await site.invite({ email: 'grace@example.com' })
  const visitor = await site.atLastStep()
  await visitor.get(link)
  const { csrf = '' } = hiddenFields(await (await visitor.get('/signup/account')).text())
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    visitor.get(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  const text = `csrf=${csrf}&terms=yes&token=${token}&password=${encodeURIComponent(password)}`
  for (const path of ['/signup', '/signup/account']) {
    assert.equal((await post(path, `${text}&more=${'x'.repeat(17_000)}`)).status, 413)
    await post(path, text, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' })
    await post(path, text, { 'content-encoding': 'nonsense' })
    await post(path, `${text}&${'a=b&'.repeat(1100)}`)
    await post(path, text, { 'sec-fetch-site': 'cross-site' })
  }
  for (const fault of ['fail', 'garbage', 'reset']) {
    await site.standIns.setFault('accounts', fault)
    assert.equal((await post('/signup/account', text)).status, 503)
  }
  const log = site.lines.join('')
  assert.match(log, /the last step of a signup failed/)
  for (const secret of [token, token.slice(0, 43), password, encodeURIComponent(password), csrf, 'horses'])
    assert.ok(!log.includes(secret), secret)
  for (const name of ['ada@example.com', 'Ada Lovelace']) assert.ok(!log.includes(name), name)
})

test('a password is in no task, in no session and on no page', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  await site.standIns.setFault('accounts', 'fail')
  const refused = await (await visitor.submit('/signup/account', { password, terms: 'yes' })).text()
  await site.standIns.setFault('accounts', null)
  await visitor.submit('/signup/account', { password, terms: 'yes' })
  const pages = await Promise.all(
    ['/welcome', '/signup'].map(async (path) => (await visitor.get(path)).text()),
  )
  for (const text of [refused, ...pages, JSON.stringify(site.tasks)]) assert.doesNotMatch(text, /horses/)
})

test('a page that is refused repeats nothing of its link', async (t) => {
  const site = await startSteps(t)
  const answer = await visitorOf(site.url).get('/signup?token=three-white-horses&horses=1')
  assert.doesNotMatch(await answer.text(), /horses/)
})
