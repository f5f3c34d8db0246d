import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { linkLifetimeMilliseconds, makeLinkToken, readLinkToken } from '../../app/invites/link-token.ts'

const secret = 'a secret for the links of a test'
const now = Date.UTC(2026, 0, 5)
const expires = now + linkLifetimeMilliseconds
const { token, hash } = makeLinkToken(secret, 'task-1', expires)
const [id = '', expiry = '', signature = ''] = token.split('.')

const read = (text: string, secrets: readonly string[] = [secret]) => readLinkToken(secrets, text, now)

/** The token with another character at this place. */
const changedAt = (place: number): string =>
  token.slice(0, place) + (token[place] === 'a' ? 'b' : 'a') + token.slice(place + 1)

test('a token says which link it is and until when', () => {
  assert.deepEqual(read(token), { hash, expires })
})

test('a token has an id of 256 bits, of which only the hash is kept', () => {
  assert.equal(Buffer.from(id, 'base64url').length, 32)
  assert.equal(hash, createHash('sha256').update(id).digest('base64url'))
  assert.ok(!token.includes(hash))
})

test('a token needs no encoding in an address', () => {
  assert.equal(encodeURIComponent(token), token)
})

test('a task done again makes the same token, and another task or secret another', () => {
  assert.equal(makeLinkToken(secret, 'task-1', expires).token, token)
  assert.notEqual(makeLinkToken(secret, 'task-2', expires).hash, hash)
  assert.notEqual(makeLinkToken('another secret', 'task-1', expires).hash, hash)
})

test('a token opens until the moment when it expires', () => {
  assert.deepEqual(readLinkToken([secret], token, expires - 1), { hash, expires })
  assert.equal(readLinkToken([secret], token, expires), undefined)
  assert.equal(readLinkToken([secret], token, expires + 1), undefined)
})

test('a new secret in front leaves the links that were sent alive, until the old one is dropped', () => {
  assert.deepEqual(read(token, ['new secret', secret]), { hash, expires })
  assert.deepEqual(read(token, ['newest', 'new secret', secret]), { hash, expires })
  assert.equal(read(token, ['new secret']), undefined)
  assert.equal(read(token, []), undefined)
})

test('a token with any one character changed opens nothing', () => {
  for (let place = 0; place < token.length; place += 1) assert.equal(read(changedAt(place)), undefined)
})

test('a token cut short anywhere opens nothing', () => {
  for (let length = 1; length < token.length; length += 1) {
    assert.equal(read(token.slice(0, length)), undefined)
    assert.equal(read(token.slice(-length)), undefined)
  }
})

const other = makeLinkToken(secret, 'task-2', expires).token.split('.')
const later = (expires + 1).toString(36)
const spelledOtherwise = Buffer.from(signature, 'base64url').toString('base64')

for (const [what, text] of [
  ['nothing', ''],
  ['a space', ' '],
  ['dots', '..'],
  ['a word', 'token'],
  ['another link’s signature', `${id}.${expiry}.${other[2]}`],
  ['another link’s id', `${other[0]}.${expiry}.${signature}`],
  ['a later expiry', `${id}.${later}.${signature}`],
  ['no expiry', `${id}..${signature}`],
  ['no signature', `${id}.${expiry}.`],
  ['its id for a signature', `${id}.${expiry}.${id}`],
  ['its hash for an id', `${hash}.${expiry}.${signature}`],
  ['a fourth part', `${token}.${signature}`],
  ['something in front', ` ${token}`],
  ['a line end behind', `${token}\n`],
  ['a second line', `${token}\n${token}`],
  ['capitals in the expiry', `${id}.${expiry.toUpperCase()}.${signature}`],
  ['padding', `${token}=`],
  ['its signature in plain base64', `${id}.${expiry}.${spelledOtherwise}`],
  ['letters that look alike', token.replaceAll('a', 'а')],
  ['a NUL', `${token.slice(0, -1)}\0`],
  ['very much', 'a'.repeat(100_000)],
  ['very many dots', '.'.repeat(100_000)],
] as const) {
  test(`${what} opens nothing, with the answer that all others get`, () => {
    assert.notEqual(text, token)
    assert.equal(read(text), undefined)
  })
}

test('the last character of a signature has one spelling', () => {
  // Of its six bits two mean nothing in base64: other spellings decode to the same bytes.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const opening = [...letters].filter((letter) => read(token.slice(0, -1) + letter))
  assert.deepEqual(opening, [token.at(-1)])
})
