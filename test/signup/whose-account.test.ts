import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startSteps } from './step-site.ts'
import { type Visitor, visitorOf, wayOf } from './visitor.ts'

const form = { password: 'three white horses', terms: 'yes' }
const path = '/signup/account'

/** A site where one person was sent so many links. */
async function startLinks(t: TestContext, count: number) {
  const site = await startSteps(t)
  const links = await Promise.all(Array.from({ length: count }, () => site.invite()))
  /** Somebody who opens a link in a browser of their own, and comes as far as the last step. */
  async function open(number: number, workspace: string): Promise<Visitor> {
    const visitor = visitorOf(site.url)
    await visitor.submit(links[number]?.link ?? '')
    await visitor.submit('/signup/workspace', { workspace })
    return visitor
  }
  const accounts = async () => (await site.standIns.state()).accounts
  const tell = async () => {
    await site.parts.invites.signedUp(links[0]?.id ?? '', 'engine', new Date().toISOString())
  }
  return { site, links, open, accounts, tell }
}

async function assertSuperseded(visitor: Visitor): Promise<void> {
  const answer = await visitor.submit(path, { ...form, password: 'four black horses' })
  assert.equal(answer.status, 403)
  const html = await answer.text()
  assert.match(html, /This signup went on elsewhere/)
  assert.match(html, /your account is made, or the invite has ended/)
  assert.match(html, /href="\/signup\/link"/)
  assert.match(await (await visitor.get('/welcome')).text(), /You are not signed in/)
}

test('who opened an older link gets no account, before the owner makes it and ever after', async (t) => {
  const { open, accounts, tell } = await startLinks(t, 2)
  const other = await open(0, 'other')
  const owner = await open(1, 'engine')
  await assertSuperseded(other)
  assert.equal((await accounts()).length, 0)
  assert.equal(wayOf(await owner.submit(path, form)), '303 /welcome')
  await assertSuperseded(other)
  await tell()
  await assertSuperseded(other)
  const [account, ...more] = await accounts()
  assert.deepEqual([account?.workspace, account?.calls, more.length], ['engine', 1, 0])
})

test('a link that is opened after the account was made opens nothing, before the worker knows of it too', async (t) => {
  const { links, site, open, accounts } = await startLinks(t, 2)
  await (await open(0, 'engine')).submit(path, form)
  assert.equal((await visitorOf(site.url).submit(links[1]?.link ?? '')).status, 404)
  assert.equal((await accounts()).length, 1)
})

test('who lost the session after an outage goes on with a new link, in another browser', async (t) => {
  const { site, open, accounts } = await startLinks(t, 2)
  const first = await open(0, 'engine')
  await site.standIns.setFault('accounts', 'fail')
  assert.equal((await first.submit(path, form)).status, 503)
  await site.standIns.setFault('accounts', null)
  const second = await open(1, 'engine')
  assert.equal(wayOf(await second.submit(path, form)), '303 /welcome')
  await assertSuperseded(first)
  assert.equal((await accounts()).length, 1)
})

test('who saw no answer, and comes back when the worker has found the account, is signed in', async (t) => {
  const { site, open, accounts, tell } = await startLinks(t, 1)
  const visitor = await open(0, 'engine')
  await site.standIns.setFault('accounts', 'reset')
  assert.equal((await visitor.submit(path, form)).status, 503)
  await site.standIns.setFault('accounts', null)
  await tell()
  assert.equal(wayOf(await visitor.submit(path, form)), '303 /welcome')
  assert.equal((await accounts()).length, 1)
})

test('who is invited anew after the invite of before has left reads that the account is there, and keeps it', async (t) => {
  const { site, links, open, accounts } = await startLinks(t, 1)
  assert.equal(wayOf(await (await open(0, 'engine')).submit(path, form)), '303 /welcome')
  const [before] = await accounts()
  await site.parts.invites.forget(links[0]?.id ?? '')
  const visitor = visitorOf(site.url)
  await visitor.submit((await site.invite()).link)
  await visitor.submit('/signup/workspace', { workspace: 'second' })
  const answer = await visitor.submit(path, { ...form, password: 'four black horses' })
  assert.match(await answer.text(), /You have an account already/)
  assert.deepEqual(await accounts(), [before])
})
