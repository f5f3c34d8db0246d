import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Request } from 'express'
import type { SignedIn } from '../../app/operators/operator-session.ts'
import { isStillSignedIn } from '../../app/operators/still-signed-in.ts'

const passwordHash = 'scrypt$1'
const password = createHash('sha256').update(passwordHash).digest('base64url')
const signedIn: SignedIn = { name: 'ada', since: Date.now(), password }

type Answer = (error: unknown, session?: { operator?: SignedIn }) => void

const ask = (get: (answer: Answer) => void) => {
  const sessionStore = { get: (_id: string, answer: Answer) => get(answer) }
  const req = { sessionStore, sessionID: 'x' } as unknown as Request
  return isStillSignedIn(req, { operators: [{ name: 'ada', passwordHash }] })
}

test('who is signed in is, and who has no session any more is not', async () => {
  assert.equal(await ask((answer) => answer(null, { operator: signedIn })), true)
  assert.equal(await ask((answer) => answer(null)), false)
  assert.equal(await ask((answer) => answer(null, {})), false)
  const other = { ...signedIn, password: 'of before' }
  assert.equal(await ask((answer) => answer(null, { operator: other })), false)
})

test('a store that does not answer says nothing of who is signed in', async () => {
  await assert.rejects(
    ask((answer) => answer(new Error('no answer'))),
    /no answer/,
  )
})
