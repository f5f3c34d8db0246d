import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { SiteError } from '../../app/errors.ts'
import { linkLifetimeMilliseconds, readLinkToken } from '../../app/invites/link-token.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import type { Mail } from '../../app/mail/mailer.ts'
import { OutsideError } from '../../app/outside/outside-error.ts'
import { until } from '../until.ts'
import { inTurn, inviteTask, requestTask, type Working, working } from './working.ts'

const secrets = ['this secret signs links on a laptop']
const day = 24 * 3600 * 1000
const tokenIn = ({ text }: Mail): string => /token=([\w.-]+)/.exec(text)?.[1] ?? ''
const linkIn = (mail: Mail) => readLinkToken(secrets, tokenIn(mail), Date.now()) ?? assert.fail('no link')

/** A store that can be away for the marks of mails. */
function storeAway() {
  const store = memoryInviteStore()
  const state = { isAway: true, marks: 0 }
  const mailed = async (id: string, key: string) => {
    state.marks += 1
    if (state.isAway) throw new SiteError('unavailable', 'redisqueue is away')
    return store.mailed(id, key)
  }
  return { invites: { ...store, mailed }, state }
}

test('a store that is away when the server has the mail does not make it go twice', async (t) => {
  const { invites, state } = storeAway()
  const at = working(t, { invites })
  await at.queue.add(requestTask())
  await at.done()
  await at.queue.add(inviteTask())
  await until(async () => state.marks === 3, 'marks in vain')
  const [{ id } = assert.fail('no mail')] = at.outside.mails
  assert.deepEqual([at.outside.mails.length, (await at.queue.counts()).mail.active], [1, 1])
  state.isAway = false
  await at.done()
  assert.equal(at.outside.mails.length, 1)
  assert.equal(await at.invites.wasMailed(id), true)
})

test('a mark that fails for another reason is tried again as a task, without the mail', async (t) => {
  const store = memoryInviteStore()
  let faults = 2
  const mailed: typeof store.mailed = async (id, key) => {
    if (faults-- > 0) throw new TypeError('a fault of the store')
    return store.mailed(id, key)
  }
  const at = working(t, { invites: { ...store, mailed } })
  await inTurn(at, requestTask(), inviteTask())
  assert.equal(at.outside.mails.length, 1)
})

/** The mail of an invite whose task began so long ago, and failed until now. */
async function mailAfter(t: TestContext, at: Working, milliseconds: number): Promise<Mail> {
  const real = Date.now
  let isDown = true
  at.outside.beforeMail = async () => {
    if (isDown) throw new OutsideError('mail', 'slow', 'no answer')
  }
  const clock = t.mock.method(Date, 'now', () => real() - milliseconds)
  await at.queue.add(requestTask())
  await at.done()
  await at.queue.add(inviteTask())
  await until(async () => at.lines.some((line) => line.includes('"queue":"mail"')), 'an attempt')
  clock.mock.restore()
  isDown = false
  await at.done()
  return at.outside.mails[0] ?? assert.fail('no mail')
}

test('a mail that is two days late tells until when its link opens', async (t) => {
  const at = working(t)
  const mail = await mailAfter(t, at, 2 * day)
  const { expires, hash } = linkIn(mail)
  const left = expires - Date.now()
  assert.ok(Math.abs(left - (linkLifetimeMilliseconds - 2 * day)) < 60_000, `${left} ms`)
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(expires)
  assert.ok(mail.text.includes(until), `${until}: ${mail.text}`)
  assert.notEqual(await at.invites.spendLink(hash, 'owner'), 'refused')
})

test('a mail whose link expired before it went brings one that opens for a week', async (t) => {
  const at = working(t)
  const invites = at.invites
  const first = invites.keepLink
  let isFirst = true
  // As if the mail had been a dead letter for longer than its link lived.
  invites.keepLink = async (id, hash, expires) => {
    if (!isFirst) return first(id, hash, expires)
    isFirst = false
    return first(id, hash, Date.now() + 50)
  }
  let isDown = true
  at.outside.beforeMail = async () => {
    if (!isDown) return
    isDown = false
    await wait(100)
    throw new OutsideError('mail', 'slow', 'no answer')
  }
  await inTurn(at, requestTask(), inviteTask())
  const [mail = assert.fail('no mail')] = at.outside.mails
  const { expires, hash } = linkIn(mail)
  assert.ok(expires - Date.now() > linkLifetimeMilliseconds - 60_000)
  assert.notEqual(await at.invites.spendLink(hash, 'owner'), 'refused')
})
