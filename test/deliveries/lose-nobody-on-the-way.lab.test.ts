import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../until.ts'
import { concurrency, startKillableSite } from './killable-site.ts'
import { peace } from './victims.ts'
import { walk } from './walk.ts'

const people = 20
const killsOfEach = 4
const stepMilliseconds = 500
const slowSeconds = 12

const shuffled = <Value>(values: readonly Value[]): Value[] =>
  values
    .map((value) => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

test('20 people come from the request to the account, each to one, whatever is killed on their way', {
  timeout: 600_000,
}, async (t) => {
  const site = await startKillableSite(t)
  // So that there is always a call under way to be cut off.
  for (const system of ['crm', 'accounts'] as const) await site.standIns.setFault(system, 'slow', slowSeconds)
  const walks = Array.from({ length: people }, async (_, number) => {
    await wait(number * stepMilliseconds)
    return walk(site, { email: `visitor-${number}@example.com`, workspace: `mill-${number}` })
  })
  const all = Promise.all(walks)
  for (const victim of shuffled(Object.values(site.victims).flatMap((one) => Array(killsOfEach).fill(one)))) {
    await peace()
    await victim.kill()
  }
  const walked = await all

  const { state } = site.standIns
  // An account whose maker was killed before it could say so is looked for a minute later.
  const isTold = async () => {
    const { contacts, mails } = await state()
    const told = contacts.filter(({ properties }) => properties.invite_status === 'signed up')
    return told.length === people && mails.length >= 2 * people
  }
  await until(isTold, 'all sign-ups to be told', 240)

  const { contacts, accounts, mails } = await state()
  assert.deepEqual([contacts.length, accounts.length, mails.length], [people, people, 2 * people])
  for (const { email, workspace, presses } of walked) {
    const theirs = accounts.filter((account) => account.email === email)
    assert.deepEqual(
      theirs.map((account) => account.workspace),
      [workspace],
    )
    const [{ calls = 0 } = {}] = theirs
    assert.ok(calls <= presses, `${calls} calls for ${presses} presses of the button`)
    assert.equal(mails.filter(({ recipients }) => recipients.includes(email)).length, 2, email)
  }
  // Told of its request, its invite and its sign-up, each contact; again, what a kill can have cut off.
  const cutOff = 2 * killsOfEach * concurrency
  const upserts = sum(contacts.map((contact) => contact.upserts)) - 3 * people
  const deliveries = sum(mails.map((mail) => mail.deliveries)) - mails.length
  assert.ok(upserts <= cutOff && deliveries <= cutOff, `${upserts} upserts, ${deliveries} mails too many`)
  const presses = sum(walked.map((one) => one.presses))
  t.diagnostic(`${upserts} upserts and ${deliveries} mails again, ${presses} presses for ${people} accounts`)
})
