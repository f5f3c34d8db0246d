import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryAfterSeconds } from '../../app/outside/retry-after.ts'

const now = Date.parse('2026-03-02T09:30:00.500Z')

test('Retry-After is read as seconds and as an HTTP date', () => {
  assert.equal(retryAfterSeconds('120', now), 120)
  assert.equal(retryAfterSeconds(' 0 ', now), 0)
  assert.equal(retryAfterSeconds('Mon, 02 Mar 2026 09:31:00 GMT', now), 60)
})

test('a wait is a day at most, and never negative', () => {
  assert.equal(retryAfterSeconds('9999999999', now), 86_400)
  assert.equal(retryAfterSeconds('Mon, 02 Mar 2126 09:31:00 GMT', now), 86_400)
  assert.equal(retryAfterSeconds('Sun, 01 Mar 2026 09:31:00 GMT', now), 0)
})

test('what says nothing counts as no Retry-After', () => {
  for (const header of [undefined, '', 'soon', '-', ['1', '2']]) {
    assert.equal(retryAfterSeconds(header, now), undefined, String(header))
  }
})
