import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAccountBook } from '../../standins/accounts/account-book.ts'
import { isPassword } from '../../standins/accounts/password-hash.ts'

const ada = {
  email: 'ada@example.com',
  name: 'Ada',
  workspace: 'analytical-engine',
  password: 'three white horses',
}
const key = 'signup-0123456789abcdefghijkl'
const hour = 3600 * 1000

test('calls with the same key at the same time make one account', async () => {
  const book = createAccountBook()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => book.create(key, ada)))
  assert.equal(outcomes.filter((outcome) => 'account' in outcome && outcome.isNew).length, 1)
  assert.equal(new Set(outcomes.map((outcome) => 'account' in outcome && outcome.account.id)).size, 1)
  assert.deepEqual(
    book.newestFirst().map(({ calls }) => calls),
    [20],
  )
})

test('calls with two keys at the same time cannot both have the workspace, nor the address', async () => {
  const book = createAccountBook()
  const outcomes = await Promise.all([
    book.create(key, ada),
    book.create(`${key}-2`, { ...ada, email: 'bob@example.com' }),
    book.create(`${key}-3`, { ...ada, email: 'ADA@example.com', workspace: 'another' }),
  ])
  assert.deepEqual(
    outcomes.map((outcome) => ('taken' in outcome ? outcome.taken : 'made')),
    ['made', 'workspace', 'email'],
  )
})

test('the password of the last call counts, and no other member of it', async () => {
  const book = createAccountBook()
  await book.create(key, ada)
  const passwords = ['second of them all', 'third of them all', 'the one that counts']
  await Promise.all(passwords.map((password) => book.create(key, { ...ada, password, workspace: 'another' })))
  const [account] = book.newestFirst()
  assert.equal(await isPassword('the one that counts', account?.passwordHash ?? ''), true)
  assert.equal(account?.workspace, 'analytical-engine')
})

test('an hour after the first call its password stays as it is', async () => {
  let now = Date.now()
  const book = createAccountBook(() => now)
  await book.create(key, ada)
  now += hour + 1
  await book.create(key, { ...ada, password: 'an hour too late' })
  const hash = book.newestFirst()[0]?.passwordHash ?? ''
  assert.equal(await isPassword(ada.password, hash), true)
  assert.equal(await isPassword('an hour too late', hash), false)
})

test('a password is kept as a salted hash only', async () => {
  const book = createAccountBook()
  await book.create(key, ada)
  await book.create(`${key}-2`, { ...ada, email: 'bob@example.com', workspace: 'another' })
  const accounts = book.newestFirst()
  assert.doesNotMatch(JSON.stringify(accounts), /white horses/)
  assert.notEqual(accounts[0]?.passwordHash, accounts[1]?.passwordHash)
})
