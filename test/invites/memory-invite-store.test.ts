import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { idOf, invited, moment, namesIn, requestOf } from './invite-requests.ts'
import { inviteStoreCases } from './invite-store-cases.ts'
import { inviteStoreListCases } from './invite-store-list-cases.ts'

const day = 24 * 3600 * 1000

for (const [title, check] of Object.entries({ ...inviteStoreCases, ...inviteStoreListCases })) {
  test(`in memory, ${title}`, () => check(memoryInviteStore()))
}

/** A store, and a function that lets days go by. */
function storeWithClock() {
  let now = Date.now()
  const wait = (days: number) => {
    now += days * day
    return now
  }
  return { store: memoryInviteStore(() => now), wait }
}

test('in memory, an invite stays until its newest version was delivered, and 30 days more', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await invited(store, 'Ada')
  wait(100)
  await store.delivered(id, 1, moment(90))
  wait(100)
  await store.delivered(id, 2, moment(91))
  wait(29.9)
  assert.ok(await store.find(id))
  wait(0.2)
  assert.equal(await store.find(id), undefined)
  assert.deepEqual(await namesIn(store, {}), [])
  assert.equal((await store.request(requestOf('Ada'))).version, 1)
})

test('in memory, a new version stays until it is delivered too', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await store.request(requestOf('Ada'))
  await store.delivered(id, 1, moment(1))
  await store.invite(id, moment(2))
  wait(100)
  assert.equal((await store.find(id))?.state, 'invited')
})

test('in memory, a repeated request stays for 30 days', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await store.request(requestOf('Ada'))
  await store.delivered(id, 1, moment(1))
  wait(20)
  await store.request(requestOf('Ada', { at: moment(2) }))
  wait(20)
  assert.ok(await store.find(id))
  wait(20)
  assert.equal(await store.find(id), undefined)
})

test('in memory, an invite stays as long as its links, which expire', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await invited(store, 'Ada')
  await store.delivered(id, 2, moment(90))
  await store.keepLink(id, 'hash', wait(29) + 7 * day)
  wait(6.9)
  assert.ok(await store.find(id))
  wait(0.2)
  assert.equal(await store.spendLink('hash', 'owner'), 'refused')
  assert.equal(await store.find(id), undefined)
})

test('in memory, whose account it is, is known for 30 days', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await invited(store, 'Ada')
  await store.keepLink(id, 'hash', wait(0) + 7 * day)
  await store.spendLink('hash', 'owner')
  wait(29.9)
  assert.equal(await store.mayMakeAccount(id, 'hash'), true)
  wait(0.2)
  assert.equal(await store.mayMakeAccount(id, 'hash'), false)
})

test('in memory, an invite stays for 30 days after its link was spent, its account made, or it was asked for', async () => {
  const { store, wait } = storeWithClock()
  const { id } = await invited(store, 'Ada')
  await store.delivered(id, 2, moment(90))
  await store.keepLink(id, 'hash', wait(0) + 7 * day)
  wait(6.9)
  await store.spendLink('hash', 'owner')
  wait(29.9)
  await store.accountMade(id, 'hash')
  wait(29.9)
  assert.ok(await store.keep(id))
  wait(29.9)
  assert.ok(await store.find(id))
  wait(0.2)
  assert.equal(await store.keep(id), undefined)
})

test('in memory, mails are known for 30 days, and a hold ends by itself', async () => {
  const { store, wait } = storeWithClock()
  await store.mailed(idOf('Ada'), 'key')
  assert.ok(await store.hold('one', 1000))
  wait(29.9)
  assert.equal(await store.wasMailed('key'), true)
  assert.ok(await store.hold('one', 1000))
  wait(0.2)
  assert.equal(await store.wasMailed('key'), false)
  assert.equal(await store.lastMailed(idOf('Ada')), 0)
})

test('memory: opens a store of its own each time', async () => {
  const [one, other] = await Promise.all([openInviteStore('memory:'), openInviteStore('memory:')])
  await one.request(requestOf('Ada'))
  assert.deepEqual(await namesIn(other, {}), [])
  assert.equal(one.state(), 'unused')
})
