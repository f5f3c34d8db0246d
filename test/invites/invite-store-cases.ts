import assert from 'node:assert/strict'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { idOf, invited, moment, namesIn, requestOf } from './invite-requests.ts'

type Cases = Readonly<Record<string, (store: InviteStore) => Promise<void>>>

const versionOf = async (store: InviteStore, name: string) => (await store.find(idOf(name)))?.version

/** How an invite changes, in every store. */
const changeCases: Cases = {
  'a request is kept as it was made': async (store) => {
    const asked = requestOf('Ada', { company: 'Looms & Söhne', purpose: '"Weaving"\n日本' })
    const invite = await store.request(asked)
    const { at, ...fields } = asked
    const kept = { ...fields, id: idOf('Ada'), requestedAt: at, state: 'requested' }
    const undelivered = ['name', 'company', 'purpose']
    assert.deepEqual(invite, { ...kept, version: 1, deliveredVersion: 0, undelivered })
    assert.deepEqual(await store.find(invite.id), invite)
  },
  'the CRM lacks what was typed since it was told, and nothing that it told itself': async (store) => {
    const undelivered = async () => (await store.find(idOf('Ada')))?.undelivered
    const { id, version } = await store.contact(requestOf('Ada'))
    assert.deepEqual([version, await undelivered()], [1, []])
    await store.request(requestOf('Ada', { company: 'Looms', at: moment(1) }))
    await store.request(requestOf('Ada', { company: 'Looms', purpose: 'more', at: moment(2) }))
    assert.deepEqual(await undelivered(), ['company', 'purpose'])
    await store.delivered(id, 2, moment(3))
    assert.deepEqual(await undelivered(), ['company', 'purpose'])
    await store.delivered(id, 3, moment(4))
    assert.deepEqual(await undelivered(), [])
    await store.invite(id, moment(5))
    assert.deepEqual(await undelivered(), [])
  },
  'what the CRM tells of somebody who has an invite changes nothing': async (store) => {
    const invite = await invited(store, 'Ada')
    const told = requestOf('Ada', { name: 'A. Lovelace', company: 'Mills', at: moment(90) })
    assert.deepEqual(await store.contact(told), invite)
    assert.deepEqual(await store.find(invite.id), invite)
  },
  'an invite that nobody requested is not there': async (store) => {
    assert.equal(await store.find(idOf('Ada')), undefined)
    assert.equal(await store.invite(idOf('Ada'), moment()), undefined)
    assert.equal(await store.signedUp(idOf('Ada'), 'looms', moment()), undefined)
    await store.delivered(idOf('Ada'), 1, moment())
    assert.equal(await store.find(idOf('Ada')), undefined)
  },
  'a newer request replaces what was typed, and never the state': async (store) => {
    await invited(store, 'Ada')
    const again = await store.request(requestOf('Ada', { company: 'Looms', purpose: 'more', at: moment(90) }))
    assert.deepEqual([again.company, again.purpose, again.requestedAt], ['Looms', 'more', moment(90)])
    assert.deepEqual([again.state, again.invitedAt, again.version], ['invited', moment(60), 3])
  },
  'an older request changes nothing': async (store) => {
    const newest = await store.request(requestOf('Ada', { company: 'Looms', at: moment(2) }))
    assert.deepEqual(await store.request(requestOf('Ada', { company: 'Old', at: moment(1) })), newest)
    assert.deepEqual(await store.find(newest.id), newest)
  },
  'of two requests of the same millisecond the first stays, however often both are done again': async (
    store,
  ) => {
    const first = await store.request(requestOf('Ada', { company: 'Looms' }))
    assert.deepEqual(await store.request(requestOf('Ada', { company: 'Mills' })), first)
    assert.deepEqual(await store.request(requestOf('Ada', { company: 'Looms' })), first)
  },
  'a request with nothing new is no version for the CRM': async (store) => {
    await store.request(requestOf('Ada'))
    const again = await store.request(requestOf('Ada', { at: moment(5) }))
    assert.deepEqual([again.version, again.requestedAt], [1, moment(5)])
  },
  'a request done again after a crash is the same request': async (store) => {
    const first = await store.request(requestOf('Ada'))
    assert.deepEqual(await store.request(requestOf('Ada')), first)
  },
  'an invite is new once, and again only for the task that made it': async (store) => {
    const { id } = await store.request(requestOf('Ada'))
    const first = await store.invite(id, moment(1))
    assert.deepEqual([first?.isNew, first?.invite.state, first?.invite.version], [true, 'invited', 2])
    assert.deepEqual(await store.invite(id, moment(1)), first)
    const other = await store.invite(id, moment(2))
    assert.deepEqual(other, { invite: first?.invite, isNew: false })
  },
  'somebody who signed up is not invited again': async (store) => {
    const { id } = await invited(store, 'Ada')
    const invite = await store.signedUp(id, 'looms', moment(70))
    assert.deepEqual(await store.invite(id, moment(60)), { invite, isNew: false })
  },
  'a sign-up is kept once': async (store) => {
    const { id } = await invited(store, 'Ada')
    const first = await store.signedUp(id, 'looms', moment(70))
    assert.deepEqual([first?.state, first?.workspace, first?.signedUpAt], ['signed up', 'looms', moment(70)])
    assert.equal(first?.version, 3)
    assert.deepEqual(await store.signedUp(id, 'other', moment(80)), first)
  },
  'the CRM never has an older version than it had': async (store) => {
    const { id } = await invited(store, 'Ada')
    await store.delivered(id, 2, moment(61))
    await store.delivered(id, 1, moment(62))
    const kept = await store.find(id)
    assert.deepEqual([kept?.deliveredVersion, kept?.deliveredAt, kept?.version], [2, moment(61), 2])
  },
  'a delivery of a forgotten invite says nothing of the next one': async (store) => {
    const { id } = await invited(store, 'Ada')
    await store.forget(id)
    await store.request(requestOf('Ada'))
    await store.delivered(id, 2, moment(61))
    assert.equal((await store.find(id))?.deliveredVersion, 0)
  },
  'changes at the same time all count': async (store) => {
    const { id } = await store.request(requestOf('Ada'))
    await Promise.all([
      store.request(requestOf('Ada', { company: 'Looms', at: moment(1) })),
      store.delivered(id, 1, moment(2)),
      store.invite(id, moment(3)),
      store.keepLink(id, 'hash', Date.now() + 60_000),
    ])
    const kept = await store.find(id)
    assert.deepEqual(
      [kept?.company, kept?.deliveredVersion, kept?.state, kept?.version],
      ['Looms', 1, 'invited', 3],
    )
  },
  'of many requests at the same time the newest is kept': async (store) => {
    const seconds = Array.from({ length: 50 }, (_, n) => (n * 17) % 50)
    await Promise.all(seconds.map((n) => store.request(requestOf('Ada', { company: `${n}`, at: moment(n) }))))
    assert.equal((await store.find(idOf('Ada')))?.company, '49')
    assert.equal((await store.list({ text: '', from: 0, length: 9 })).count, 1)
  },
}

/** How links open an invite, in every store. */
const linkCases: Cases = {
  'a link opens its invite, for the one who spent it as often as they like': async (store) => {
    const invite = await invited(store, 'Ada', 'hash')
    assert.deepEqual(await store.spendLink('hash', 'owner'), { invite })
    assert.deepEqual(await store.spendLink('hash', 'owner'), { invite })
    assert.equal(await store.spendLink('hash', 'other'), 'refused')
  },
  'of fifty who spend a link at the same time one gets in': async (store) => {
    await invited(store, 'Ada', 'hash')
    const owners = Array.from({ length: 50 }, (_, n) => `owner ${n}`)
    const answers = await Promise.all(owners.map((owner) => store.spendLink('hash', owner)))
    assert.equal(answers.filter((answer) => answer !== 'refused').length, 1)
    const winner = owners[answers.findIndex((answer) => answer !== 'refused')] ?? ''
    assert.notEqual(await store.spendLink('hash', winner), 'refused')
  },
  'a link that was never sent, or has expired, is refused': async (store) => {
    const { id } = await invited(store, 'Ada')
    await store.keepLink(id, 'expired', Date.now() - 1)
    assert.equal(await store.spendLink('unknown', 'owner'), 'refused')
    assert.equal(await store.spendLink('expired', 'owner'), 'refused')
    assert.equal(await store.spendLink('', ''), 'refused')
  },
  'a link kept again opens no longer than before': async (store) => {
    const { id } = await invited(store, 'Ada')
    const expires = Date.now() + 60_000
    assert.equal(await store.keepLink(id, 'hash', expires), expires)
    assert.equal(await store.keepLink(id, 'hash', expires + 60_000), expires)
    assert.equal(await store.keepLink(id, 'expired', Date.now() - 1), undefined)
    assert.equal(await store.keepLink(idOf('Grace'), 'other', expires), undefined)
  },
  'a link kept again stays spent': async (store) => {
    const { id } = await invited(store, 'Ada', 'hash')
    await store.spendLink('hash', 'owner')
    await store.keepLink(id, 'hash', Date.now() + 60_000)
    assert.equal(await store.spendLink('hash', 'other'), 'refused')
  },
  'a second link works beside the first': async (store) => {
    const { id } = await invited(store, 'Ada', 'first')
    await store.keepLink(id, 'second', Date.now() + 60_000)
    await store.spendLink('first', 'one browser')
    assert.notEqual(await store.spendLink('second', 'another browser'), 'refused')
  },
  'a sign-up makes all links of the invite useless, also to their owner': async (store) => {
    const { id } = await invited(store, 'Ada', 'first')
    await store.keepLink(id, 'second', Date.now() + 60_000)
    await store.spendLink('first', 'owner')
    await store.signedUp(id, 'looms', moment(70))
    assert.equal(await store.spendLink('first', 'owner'), 'refused')
    assert.equal(await store.spendLink('second', 'owner'), 'refused')
  },
  'who spent a link may no more once another link is spent, and cannot win that back': async (store) => {
    const { id } = await invited(store, 'Ada', 'first')
    await store.keepLink(id, 'second', Date.now() + 60_000)
    assert.equal(await store.mayMakeAccount(id, 'first'), false)
    await store.spendLink('first', 'one browser')
    assert.equal(await store.mayMakeAccount(id, 'first'), true)
    await store.spendLink('second', 'another browser')
    assert.equal(await store.spendLink('first', 'one browser'), 'refused')
    assert.deepEqual(
      [await store.mayMakeAccount(id, 'first'), await store.mayMakeAccount(id, 'second')],
      [false, true],
    )
  },
  'an account that is made stays with the link that made it, and kills the others at once': async (store) => {
    const { id } = await invited(store, 'Ada', 'first')
    for (const hash of ['second', 'third']) await store.keepLink(id, hash, Date.now() + 60_000)
    await store.spendLink('first', 'one browser')
    await store.spendLink('second', 'another browser')
    // Both were under way at the same time.
    await store.accountMade(id, 'first')
    await store.accountMade(id, 'second')
    assert.equal(await store.spendLink('third', 'a third browser'), 'refused')
    for (const isTold of [false, true]) {
      if (isTold) await store.signedUp(id, 'looms', moment(70))
      const mayMake = ['first', 'second', 'third'].map((hash) => store.mayMakeAccount(id, hash))
      assert.deepEqual(await Promise.all(mayMake), [true, false, false])
    }
  },
  'a sign-up that was told of by others leaves the account to who spent the last link': async (store) => {
    const { id } = await invited(store, 'Ada', 'hash')
    await store.spendLink('hash', 'owner')
    await store.signedUp(id, 'looms', moment(70))
    assert.equal(await store.mayMakeAccount(id, 'hash'), true)
    assert.equal(await store.mayMakeAccount(id, 'other'), false)
  },
  'nobody makes the account of a forgotten invite': async (store) => {
    const { id } = await invited(store, 'Ada', 'hash')
    await store.spendLink('hash', 'owner')
    await store.forget(id)
    await store.accountMade(id, 'hash')
    assert.equal(await store.mayMakeAccount(id, 'hash'), false)
    await invited(store, 'Ada')
    assert.equal(await store.mayMakeAccount(id, 'hash'), false)
  },
  'a link to no invite is not kept': async (store) => {
    await store.keepLink(idOf('Ada'), 'hash', Date.now() + 60_000)
    await store.request(requestOf('Ada'))
    assert.equal(await store.spendLink('hash', 'owner'), 'refused')
  },
}

/** What is kept of mails, of days and of who works on an invite, in every store. */
const markCases: Cases = {
  'a mail that was handed in is known': async (store) => {
    const { id } = await invited(store, 'Ada')
    assert.deepEqual([await store.wasMailed('key'), await store.lastMailed(id)], [false, 0])
    const before = Date.now()
    await store.mailed(id, 'key')
    await store.mailed(id, 'other key')
    assert.deepEqual([await store.wasMailed('key'), await store.wasMailed('third key')], [true, false])
    const last = await store.lastMailed(id)
    assert.ok(last >= before && last <= Date.now())
  },
  'nothing of a forgotten invite is left': async (store) => {
    const { id } = await invited(store, 'Ada', 'hash')
    await invited(store, 'Grace', 'kept')
    await store.mailed(id, 'key')
    await store.mailed(idOf('Grace'), 'kept key')
    assert.equal(await store.forget(id), true)
    assert.equal(await store.forget(id), false)
    await store.request(requestOf('Ada'))
    assert.equal(await versionOf(store, 'Ada'), 1)
    assert.equal(await store.spendLink('hash', 'owner'), 'refused')
    assert.deepEqual([await store.wasMailed('key'), await store.lastMailed(id)], [false, 0])
    assert.deepEqual(await namesIn(store, { state: 'invited' }), ['Grace'])
    assert.notEqual(await store.spendLink('kept', 'owner'), 'refused')
    assert.equal(await store.wasMailed('kept key'), true)
  },
  'new addresses and sign-ups are counted once, on their days': async (store) => {
    const day = 24 * 3600 * 1000
    const [today, yesterday] = [new Date(), new Date(Date.now() - day)].map((date) => date.toISOString())
    const asked = requestOf('Ada', { at: yesterday ?? '' })
    const { id } = await store.request(asked)
    await store.request(asked)
    await store.request({ ...asked, name: 'Ada L.', at: today ?? '' })
    await store.request(requestOf('Grace', { at: today ?? '' }))
    await store.signedUp(id, 'looms', today ?? '')
    await store.signedUp(id, 'looms', today ?? '')
    assert.deepEqual(await store.perDay(3), [
      { day: new Date(Date.now() - 2 * day).toISOString().slice(0, 10), requests: 0, signups: 0 },
      { day: yesterday?.slice(0, 10), requests: 1, signups: 0 },
      { day: today?.slice(0, 10), requests: 1, signups: 1 },
    ])
  },
  'one delivery at a time holds an invite': async (store) => {
    const release = await store.hold('one', 60_000)
    assert.ok(release)
    assert.equal(await store.hold('one', 60_000), undefined)
    assert.ok(await store.hold('other', 60_000))
    await release()
    assert.ok(await store.hold('one', 60_000))
    // Letting go twice lets go of nothing that another holds.
    await release()
    assert.equal(await store.hold('one', 60_000), undefined)
  },
  'of fifty deliveries at the same time one holds the invite': async (store) => {
    const holds = await Promise.all(Array.from({ length: 50 }, () => store.hold('one', 60_000)))
    assert.equal(holds.filter(Boolean).length, 1)
  },
}

export const inviteStoreCases: Cases = { ...changeCases, ...linkCases, ...markCases }
