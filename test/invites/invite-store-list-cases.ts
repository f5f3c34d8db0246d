import assert from 'node:assert/strict'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { idOf, invited, moment, namesIn, requestOf } from './invite-requests.ts'

async function fiveInvites(store: InviteStore): Promise<void> {
  const names = ['Ada', 'Grace', 'Jörg', 'Mary', 'Zoë']
  for (const [n, name] of names.entries()) {
    await store.request(requestOf(name, { email: `${n}@example.com`, at: moment(n) }))
  }
  const ids = (await store.list({ text: '', from: 0, length: 9 })).invites.map(({ id }) => id)
  const [, mary = '', jorg = '', grace = ''] = ids
  await store.delivered(mary, 1, moment(20))
  await store.invite(jorg, moment(21))
  await store.delivered(jorg, 2, moment(22))
  await store.signedUp(grace, 'compilers', moment(23))
}

/** What lists of invites hold, in every store. */
export const inviteStoreListCases: Readonly<Record<string, (store: InviteStore) => Promise<void>>> = {
  'a list has the newest request first': async (store) => {
    await fiveInvites(store)
    assert.deepEqual(await namesIn(store, {}), ['Zoë', 'Mary', 'Jörg', 'Grace', 'Ada'])
    await store.request(requestOf('Ada', { email: '0@example.com', at: moment(30) }))
    assert.deepEqual(await namesIn(store, {}), ['Ada', 'Zoë', 'Mary', 'Jörg', 'Grace'])
  },
  'the ids of all invites come in the order of the list': async (store) => {
    await fiveInvites(store)
    const { invites } = await store.list({ text: '', from: 0, length: 9 })
    assert.deepEqual(
      await store.ids(),
      invites.map(({ id }) => id),
    )
    await store.forget(invites[0]?.id ?? '')
    assert.equal((await store.ids()).length, 4)
  },
  'each invite is listed under one state': async (store) => {
    await fiveInvites(store)
    assert.deepEqual(await namesIn(store, { state: 'requested' }), ['Zoë', 'Ada'])
    assert.deepEqual(await namesIn(store, { state: 'delivered' }), ['Mary'])
    assert.deepEqual(await namesIn(store, { state: 'invited' }), ['Jörg'])
    assert.deepEqual(await namesIn(store, { state: 'signed up' }), ['Grace'])
  },
  'a page of a list says how many there are in all': async (store) => {
    await fiveInvites(store)
    const page = await store.list({ text: '', from: 1, length: 2 })
    assert.deepEqual([page.invites.map(({ name }) => name), page.count], [['Mary', 'Jörg'], 5])
    assert.deepEqual(await store.list({ text: '', from: 9, length: 2 }), { invites: [], count: 5 })
    assert.equal((await store.list({ text: '', state: 'requested', from: 0, length: 1 })).count, 2)
    assert.deepEqual(await store.list({ text: '', from: 0, length: 0 }), { invites: [], count: 5 })
  },
  'a list without an end has all': async (store) => {
    await fiveInvites(store)
    assert.equal((await namesIn(store, { length: Number.POSITIVE_INFINITY })).length, 5)
    assert.equal((await namesIn(store, { length: Number.MAX_SAFE_INTEGER })).length, 5)
  },
  'a text is found in name, address and company, in any case': async (store) => {
    await store.request(requestOf('Ada', { company: 'Looms Ltd' }))
    await store.request(requestOf('Jörg', { email: 'j.loom@example.com', at: moment(1) }))
    await store.request(requestOf('Bloom', { email: 'b@example.com', at: moment(2) }))
    await store.request(requestOf('Mary', { purpose: 'A loom of my own' }))
    assert.deepEqual(await namesIn(store, { text: ' LOOM ' }), ['Bloom', 'Jörg', 'Ada'])
    assert.deepEqual(await namesIn(store, { text: 'JÖRG' }), ['Jörg'])
    assert.deepEqual(await namesIn(store, { text: 'loom', from: 1, length: 1 }), ['Jörg'])
    assert.equal((await store.list({ text: 'loom', from: 1, length: 1 })).count, 3)
    assert.deepEqual(await namesIn(store, { text: '.*' }), [])
  },
  'a text is looked for in one state, if one is named': async (store) => {
    await invited(store, 'Ada')
    await store.request(requestOf('Adam'))
    assert.deepEqual(await namesIn(store, { text: 'ada', state: 'invited' }), ['Ada'])
  },
  'a forgotten invite is in no list': async (store) => {
    await invited(store, 'Ada')
    await store.forget(idOf('Ada'))
    assert.deepEqual(await store.list({ text: '', from: 0, length: 9 }), { invites: [], count: 0 })
    assert.deepEqual(await namesIn(store, { state: 'invited' }), [])
  },
}
