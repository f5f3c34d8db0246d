import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountKey, inviteId } from '../../app/invites/invite.ts'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf, wayOf } from './visitor.ts'

const password = 'three white horses'
const form = { password, terms: 'yes' }
const path = '/signup/account'

test('the last step makes the account, has it told, and signs the visitor in', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  const { cookie } = visitor
  assert.equal(wayOf(await visitor.submit(path, form)), '303 /welcome')
  assert.equal(visitor.cookie.split('.')[0], cookie.split('.')[0])
  const [account, ...more] = (await site.standIns.state()).accounts
  assert.deepEqual(
    [account?.email, account?.name, account?.workspace, more.length],
    ['ada@example.com', 'Ada Lovelace', 'engine', 0],
  )
  const id = inviteId('ada@example.com')
  const [asked, done, ...others] = site.tasks
  assert.match(asked?.id ?? '', new RegExp(`^asked-${id}-[\\w-]{12}$`))
  const key = accountKey((await site.parts.invites.find(id)) ?? assert.fail())
  assert.deepEqual({ ...asked, id: '' }, { kind: 'account asked for', id: '', inviteId: id, key })
  assert.deepEqual(done, { kind: 'signed up', id: `signed-up-${id}`, inviteId: id, workspace: 'engine' })
  assert.equal(others.length, 0)
})

test('two clicks on the button, at once or one after the other, make one account and both end there', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  const fields = { ...hiddenFields(await (await visitor.get(path)).text()), ...form }
  const click = () => visitor.post(path, fields)
  const ways = (await Promise.all([click(), click(), click()])).map(wayOf)
  assert.deepEqual([...ways, wayOf(await click())], Array(4).fill('303 /welcome'))
  assert.equal((await site.standIns.state()).accounts.length, 1)
  assert.equal(site.tasks.filter(({ kind }) => kind === 'signed up').length, 3)
  assert.equal(new Set(site.tasks.filter(({ kind }) => kind === 'signed up').map(({ id }) => id)).size, 1)
})

test('what is wrong is said, and all is kept but the password', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  for (const [fields, faults] of [
    [{}, ['password', 'terms']],
    [{ password: 'Password123', terms: 'yes' }, ['password']],
    [{ password: 'engine-1234', terms: 'yes' }, ['password']],
    [{ password }, ['terms']],
  ] as const) {
    const answer = await visitor.submit(path, fields)
    assert.equal(answer.status, 422)
    const html = await answer.text()
    assert.deepEqual(
      [...html.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field),
      faults,
    )
    for (const field of faults) {
      assert.match(html, new RegExp(`<input id="${field}"[^>]* aria-invalid="true"[^>]*${field}-error"`))
    }
    assert.match(html, /<title>Error: /)
    assert.equal(/name="terms"[^>]* checked/.test(html), 'terms' in fields)
    assert.doesNotMatch(html, /name="password"[^>]* value=/)
    assert.doesNotMatch(html, /Password123|engine-1234|three white/)
  }
  assert.equal((await site.standIns.state()).accounts.length, 0)
  assert.deepEqual(site.tasks, [])
})

test('a workspace that somebody took in between: back to its step, with the name and why', async (t) => {
  const site = await startSteps(t)
  const [first, second] = [await site.atLastStep('grace@example.com'), await site.atLastStep()]
  await first.submit(path, form)
  assert.equal(wayOf(await second.submit(path, form)), '303 /signup/workspace')
  for (let reload = 0; reload < 2; reload++) {
    const html = await (await second.get('/signup/workspace')).text()
    assert.match(html, /value="engine"/)
    assert.match(html, /<a href="#workspace">Somebody has this name already/)
  }
  assert.equal(wayOf(await second.get(path)), '303 /signup/workspace')
  await second.submit('/signup/workspace', { workspace: 'engine-2' })
  assert.doesNotMatch(await (await second.get('/signup/workspace')).text(), /already/)
  assert.equal(wayOf(await second.submit(path, form)), '303 /welcome')
})

test('an address that has an account of another origin: a page that says so', async (t) => {
  const site = await startSteps(t)
  const { email, name } = { email: 'ada@example.com', name: 'Ada' }
  await site.standIns.call('/v1/accounts', {
    method: 'POST',
    headers: { 'idempotency-key': 'a key of somebody'.replaceAll(' ', '-') },
    body: JSON.stringify({ email, name, workspace: 'elsewhere', password }),
  })
  const answer = await (await site.atLastStep(email)).submit(path, form)
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /You have an account already/)
})

test('too many attempts are told when to try again, with the form', async (t) => {
  const site = await startSteps(t)
  const visitor = await site.atLastStep()
  await site.standIns.setFault('accounts', 'fail')
  let answer = await visitor.submit(path, form)
  for (let tries = 1; answer.status === 503 && tries < 100; tries++) answer = await visitor.submit(path, form)
  assert.equal(answer.status, 429)
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.match(await answer.text(), /name="password"/)
})

test('each step leads to the one that is due', async (t) => {
  const site = await startSteps(t)
  const visitor = visitorOf(site.url)
  await visitor.submit((await site.invite()).link)
  assert.equal(wayOf(await visitor.get(path)), '303 /signup/workspace')
  assert.equal(wayOf(await visitor.post(path, form)), '303 /signup/workspace')
  await visitor.submit('/signup/workspace', { workspace: 'engine' })
  await visitor.submit(path, form)
  assert.equal(wayOf(await visitor.get(path)), '303 /welcome')
  assert.equal(wayOf(await visitor.get('/signup/workspace')), '303 /welcome')
})

test('a deploy in the middle: the next release goes on where the one before stopped', async (t) => {
  const before = await startSteps(t)
  const visitor = await before.atLastStep()
  const after = visitorOf((await before.twin()).url)
  after.cookie = visitor.cookie
  assert.equal(wayOf(await after.submit(path, form)), '303 /welcome')
})
