import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { openedAt, readOpened } from '../../app/invites/form-clock.ts'
import { makeLinkToken } from '../../app/invites/link-token.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const day = 24 * 3600 * 1000
const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)] as const

test('a form is in time from two seconds to a day after it was opened', () => {
  const field = openedAt([newer], now)
  const read = (later: number) => readOpened([newer], field, now + later)
  assert.deepEqual([0, 1999, 2000, day, day + 1].map(read), [
    'too quick',
    'too quick',
    'in time',
    'in time',
    'unknown',
  ])
})

test('a form from an instance whose clock is ahead is too quick, not unknown', () => {
  assert.equal(readOpened([newer], openedAt([newer], now + 5000), now), 'too quick')
})

test('the first secret signs and all verify, so that rotating them refuses nobody', () => {
  assert.equal(readOpened([newer, older], openedAt([older], now), now + 5000), 'in time')
  assert.equal(readOpened([newer], openedAt([older], now), now + 5000), 'unknown')
  assert.equal(openedAt([newer, older], now), openedAt([newer], now))
})

test('a moment that we did not sign is unknown', () => {
  const [moment = '', signature = ''] = openedAt([newer], now).split('.')
  const earlier = (now - 60_000).toString(36)
  const forged = [
    '',
    moment,
    `${earlier}.${signature}`,
    `${moment}.${signature.slice(1)}`,
    `${moment}.${'A'.repeat(43)}`,
    `${moment}.${signature}=`,
    `${moment}.${signature}\n`,
    `.${createHmac('sha256', newer).update('form opened\n').digest('base64url')}`,
  ]
  for (const field of forged) assert.equal(readOpened([newer], field, now + 5000), 'unknown', field)
})

test('what the same secret signed for another purpose is no opened form, nor the other way round', () => {
  const bare = createHmac('sha256', newer).update(now.toString(36)).digest('base64url')
  assert.equal(readOpened([newer], `${now.toString(36)}.${bare}`, now + 5000), 'unknown')
  const { token } = makeLinkToken(newer, 'task', now + day)
  assert.equal(readOpened([newer], token.split('.').slice(1).join('.'), now + 5000), 'unknown')
})
