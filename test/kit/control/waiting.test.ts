import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Phase } from '../../../kit/canary/state.ts'
import { sayWaiting, type Waiting } from '../../../kit/control/waiting.ts'
import { canary } from './parts.ts'

const since = new Date(0).toISOString()
const stepping: Phase = { kind: 'stepping', index: 0, since }
const calm: Waiting = { requests: 0, checks: false, now: new Date(20_000) }

const cases: readonly (readonly [phase: Phase, waiting: Partial<Waiting>, says: string])[] = [
  [{ kind: 'starting' }, {}, 'its instances become ready'],
  [{ kind: 'starting' }, { checks: true }, 'checks run'],
  [stepping, { now: new Date(2500) }, 'hold ends in 8 s'],
  [stepping, { now: new Date(0), requests: 1200 }, 'hold ends in 10 s, 1,200 more requests with the canary'],
  [stepping, { requests: 1 }, '1 more request with the canary'],
  [stepping, { requests: Number.POSITIVE_INFINITY }, 'more requests with the canary'],
  [{ kind: 'holding', since }, { checks: true }, 'checks run'],
  [stepping, { requests: undefined }, ''],
  [{ kind: 'paused', index: 0, share: 5, since }, {}, 'somebody resumes it'],
  [{ kind: 'promoting', since }, {}, 'the service gets its image'],
  [{ kind: 'aborting', since, reason: '', evidence: [] }, {}, 'its instances go'],
  [{ kind: 'ended', result: 'promoted', since }, {}, ''],
]

for (const [phase, waiting, says] of cases)
  test(`a canary that is ${phase.kind} waits for: ${says || 'nothing'}`, () => {
    assert.equal(sayWaiting(canary({ phase }), { ...calm, ...waiting }), says)
  })

test('one that goes on by hand waits for no hold', () => {
  const manual = canary({ phase: stepping, manual: true })
  assert.equal(sayWaiting(manual, { ...calm, now: new Date(0) }), 'somebody tells it to go on')
})
