import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inviteId } from '../../app/invites/invite.ts'
import { readLinkToken } from '../../app/invites/link-token.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { until } from '../until.ts'
import { adaId, inTurn, inviteTask, requestTask, working } from './working.ts'

const secrets = ['this secret signs links on a laptop']
const account = { id: '7', email: 'ada@example.com', workspace: 'engines' }
const signedUp = { kind: 'signed up', id: 'signed-up', inviteId: adaId, workspace: 'engines' } as const
const askedFor = { kind: 'account asked for', id: 'asked', inviteId: adaId, key: 'the key' } as const
const newLink = (id: string) => ({ kind: 'new link', id, inviteId: adaId }) as const
const hashIn = ({ text }: { text: string }) =>
  readLinkToken(secrets, /token=([\w.-]+)/.exec(text)?.[1] ?? '', Date.now())?.hash ?? ''
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

test('a request is kept, and the CRM told', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask())
  const { email, name, company, purpose } = (await at.invites.find(adaId)) ?? assert.fail()
  assert.deepEqual(at.outside.told, [{ email, name, company, purpose, status: 'requested' }])
  assert.deepEqual(at.outside.mails, [])
})

test('a request that tells nothing new is not told to the CRM again', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), requestTask())
  assert.equal(at.outside.told.length, 1)
})

test('an invite goes to the CRM, and to the visitor with a link that opens it', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask())
  assert.deepEqual(
    at.outside.told.map(({ status }) => status),
    ['requested', 'invited'],
  )
  const [mail] = at.outside.mails
  assert.ok(mail && at.outside.mails.length === 1)
  assert.equal(mail.to, 'ada@example.com')
  assert.notEqual(await at.invites.spendLink(hashIn(mail), 'owner'), 'refused')
})

test('an invite a second time mails nothing, unless a new link was asked for', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask(), inviteTask())
  assert.equal(at.outside.mails.length, 1)
  await inTurn(at, inviteTask(true))
  assert.equal(at.outside.mails.length, 2)
  assert.notEqual(hashIn(at.outside.mails[0] ?? assert.fail()), hashIn(at.outside.mails[1] ?? assert.fail()))
})

test('an invite that was cut off before its mail is mailed when it is done again', async (t) => {
  const at = working(t)
  const add = at.queue.add
  let cut = false
  at.queue.add = async (task, options) => {
    if (task.kind === 'mail' && !cut) {
      cut = true
      throw new Error('the worker ends here')
    }
    await add(task, options)
  }
  await inTurn(at, requestTask(), inviteTask())
  assert.equal(at.outside.mails.length, 1)
})

test('an invite of somebody who never asked does nothing', async (t) => {
  const at = working(t)
  await inTurn(at, inviteTask())
  assert.deepEqual([at.outside.told, at.outside.mails], [[], []])
})

test('somebody invited who asks again gets the link again, but not within ten minutes', async (t) => {
  const at = working(t)
  at.invites.lastMailed = async () => Date.now() - 9 * 60_000
  await inTurn(at, requestTask({ at: minutesAgo(30) }), inviteTask(), requestTask())
  assert.equal(at.outside.mails.length, 1)
  at.invites.lastMailed = async () => Date.now() - 11 * 60_000
  await inTurn(at, requestTask())
  assert.equal(at.outside.mails.length, 2)
})

test('however often somebody invited asks at a time, one link goes', async (t) => {
  const at = working(t)
  const lastMailed = at.invites.lastMailed
  await inTurn(at, requestTask({ at: minutesAgo(30) }), inviteTask())
  at.invites.lastMailed = async () => 0
  const now = new Date().toISOString()
  await Promise.all(Array.from({ length: 5 }, () => at.queue.add(requestTask({ at: now }))))
  await at.done()
  at.invites.lastMailed = lastMailed
  assert.equal(at.outside.mails.length, 2)
})

test('somebody signed up who asks again gets the welcome again, but not within a day', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask({ at: minutesAgo(30) }), inviteTask(), signedUp)
  at.invites.lastMailed = async () => Date.parse(minutesAgo(23 * 60))
  await inTurn(at, requestTask())
  assert.equal(at.outside.mails.length, 2)
  at.invites.lastMailed = async () => Date.parse(minutesAgo(25 * 60))
  await inTurn(at, requestTask())
  assert.match(at.outside.mails.at(-1)?.text ?? '', /^mail\/welcome/)
  assert.equal(at.outside.mails.length, 3)
})

test('a new link goes to who is invited, and to nobody else', async (t) => {
  const at = working(t)
  await inTurn(at, newLink('a'), requestTask(), newLink('b'))
  assert.equal(at.outside.mails.length, 0)
  await inTurn(at, inviteTask(), newLink('c'))
  assert.equal(at.outside.mails.length, 2)
  await inTurn(at, signedUp, newLink('d'))
  assert.equal(at.outside.mails.filter(({ text }) => text.startsWith('mail/invite')).length, 2)
})

test('a link that was asked for before another one went is not mailed any more', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask())
  at.invites.lastMailed = async () => Date.now() + 2 * 60_000
  await inTurn(at, newLink('late'))
  assert.equal(at.outside.mails.length, 1)
})

test('clocks that are some seconds apart keep no new link back', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask())
  at.invites.lastMailed = async () => Date.now() + 10_000
  await inTurn(at, newLink('soon'))
  assert.equal(at.outside.mails.length, 2)
})

test('a sign-up goes to the CRM, and one welcome to the visitor, however often it is told', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask(), signedUp, { ...signedUp, id: 'told-again' })
  assert.equal(at.outside.told.at(-1)?.status, 'signed up')
  assert.equal(at.outside.told.length, 3)
  assert.equal(at.outside.mails.filter(({ text }) => text.startsWith('mail/welcome')).length, 1)
})

test('an account that was made although its visitor never heard of it is a sign-up', async (t) => {
  const at = working(t)
  at.outside.accounts.set(askedFor.key, account)
  await inTurn(at, requestTask(), inviteTask(), askedFor)
  assert.equal((await at.invites.find(adaId))?.state, 'signed up')
})

test('an account that is not there yet leaves the invite as it is, and is looked for later', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask())
  await at.queue.add(askedFor)
  await until(async () => (await at.queue.counts()).accounts.retry === 1, 'the next look to wait')
  assert.equal((await at.invites.find(adaId))?.state, 'invited')
})

test('a sign-up whose invite is not kept any more is a dead letter that says what to do', async (t) => {
  const at = working(t)
  await inTurn(at, signedUp)
  assert.equal((await at.queue.counts()).requests.deadLetter, 1)
  const line = at.lines.find((one) => one.includes('given up')) ?? ''
  assert.ok(line.includes('the workspace engines') && line.includes('look up in the account system'), line)
})

test('an account that is found after its invite left is a dead letter too', async (t) => {
  const at = working(t)
  at.outside.accounts.set(askedFor.key, account)
  await inTurn(at, askedFor)
  assert.equal((await at.queue.counts()).requests.deadLetter, 1)
})

test('a visitor who spent the link can take a month to sign up, and a worker three days to hear of it', async (t) => {
  const day = 24 * 3600 * 1000
  let now = Date.now()
  const at = working(t, { invites: memoryInviteStore(() => now) })
  await inTurn(at, requestTask(), inviteTask())
  now += 6 * day
  await at.invites.spendLink(hashIn(at.outside.mails[0] ?? assert.fail()), 'owner')
  now += 29 * day
  await at.queue.add(askedFor)
  await until(async () => (await at.queue.counts()).accounts.retry === 1, 'the first look')
  now += 29 * day
  await at.queue.add(signedUp)
  await until(async () => at.outside.mails.length === 2, 'the welcome')
  await until(async () => at.outside.told.at(-1)?.status === 'signed up', 'the CRM to be told')
})

test('a contact invited in the CRM is invited here, also one that never used the form', async (t) => {
  const at = working(t)
  const contact = {
    email: 'Grace@Example.com',
    name: 'Grace',
    company: '',
    purpose: '',
    status: 'invited',
  } as const
  at.outside.contacts.set('17', contact)
  await inTurn(at, { kind: 'invited in the CRM', id: 'hook-1', crmId: '17' })
  assert.equal((await at.invites.find(inviteId('grace@example.com')))?.state, 'invited')
  assert.deepEqual(
    at.outside.mails.map(({ to }) => to),
    ['grace@example.com'],
  )
  await inTurn(at, { kind: 'invited in the CRM', id: 'hook-1', crmId: '17' })
  assert.equal(at.outside.mails.length, 1)
})

test('a contact that the CRM does not know is a dead letter', async (t) => {
  const at = working(t)
  await inTurn(at, { kind: 'invited in the CRM', id: 'hook-2', crmId: '404' })
  assert.equal((await at.queue.counts()).crm.deadLetter, 1)
  assert.ok(at.lines.some((line) => line.includes('given up') && line.includes('404')))
})

test('a mail that was handed in is not handed in again', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask(false, 'once'))
  const [{ id } = assert.fail()] = at.outside.mails
  await inTurn(at, { kind: 'mail', id, inviteId: adaId, mail: 'invite' })
  assert.equal(at.outside.mails.length, 1)
})

test('no log line tells whom a delivery is about', async (t) => {
  const at = working(t)
  await inTurn(at, requestTask(), inviteTask(), signedUp)
  assert.ok(at.lines.length >= 7)
  const told = at.lines.filter((line) => /ada|lovelace|engines/i.test(line))
  assert.deepEqual(told, [])
})
