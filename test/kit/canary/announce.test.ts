import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announce } from '../../../kit/canary/announce.ts'
import { decodeCanary, encodeCanary } from '../../../kit/canary/canary-json.ts'
import type { CanaryEvent } from '../../../kit/canary/event.ts'
import { historyEntry } from '../../../kit/canary/history-entry.ts'
import { sayDuration, tagOf } from '../../../kit/canary/say.ts'
import type { Canary } from '../../../kit/canary/state.ts'
import { after, at, canary, content, worse } from './canaries.ts'

/** The line of each event that changes something. */
function lines(start: Canary, ...events: readonly (readonly [number, CanaryEvent])[]): string[] {
  let current = start
  return events.map((event) => {
    const next = after(current, event)
    const line = announce(current, next)
    current = next
    return line
  })
}

test('each change is one line', () => {
  const start = canary()
  assert.equal(announce(undefined, start), 'webapp canary 1.4: starts beside release 12, no visitors yet')
  assert.deepEqual(
    lines(
      start,
      [0, { kind: 'ready' }],
      [120, content],
      [130, { kind: 'pause' }],
      [140, { kind: 'resume' }],
      [150, { kind: 'set', percent: 10 }],
      [160, { kind: 'set', percent: 100 }],
      [170, { kind: 'resume' }],
      [300, content],
      [400, { kind: 'promoted' }],
    ),
    [
      'webapp canary 1.4: 1 % of visitors, step 1 of 5, at least 2 min',
      'webapp canary 1.4: 5 % of visitors, step 2 of 5, at least 2 min',
      'webapp canary 1.4: paused at 5 % of visitors, aborted if it is worse',
      'webapp canary 1.4: resumed at 5 % of visitors, step 2 of 5, at least 2 min',
      'webapp canary 1.4: 10 % of visitors by hand, aborted if it is worse',
      'webapp canary 1.4: paused at 100 % of visitors, aborted if it is worse',
      'webapp canary 1.4: resumed at 100 % of visitors, step 5 of 5, at least 2 min, then promoted',
      'webapp canary 1.4: promoted, 100 % of visitors while webapp gets its image',
      'webapp canary 1.4: ended, webapp runs its image',
    ],
  )
})

test('an abort says why, in one line', () => {
  const start = after(canary({ manual: true }), [0, { kind: 'ready' }])
  assert.match(announce(canary(), start), /: 1 % of visitors, step 1 of 5, until it is told to go on$/)
  const reason = 'the logo\nis upside down'
  assert.deepEqual(lines(start, [1, { kind: 'abort', reason }], [2, { kind: 'removed' }]), [
    'webapp canary 1.4: aborted, all visitors go back to the old version: the logo is upside down',
    'webapp canary 1.4: ended, its instances are gone: the logo is upside down',
  ])
  assert.match(lines(start, [1, worse])[0] ?? '', /worse than the old version; errors 3\.1 %/)
})

test('of nothing there is no line, whoever has read the state', () => {
  const start = after(canary(), [0, { kind: 'ready' }])
  assert.equal(announce(start, decodeCanary(encodeCanary(start))), '')
})

test('the history has who, what and why', () => {
  const start = after(canary(), [0, { kind: 'ready' }])
  const entry = historyEntry(start, after(start, [10, worse]), 'control', at(10))
  assert.deepEqual(entry, {
    when: '2026-11-21T18:00:10.000Z',
    who: 'control',
    canary: 'c7',
    component: 'webapp',
    image: start.image,
    from: 12,
    phase: 'aborting',
    share: 0,
    said: announce(start, after(start, [10, worse])),
    reason: 'worse than the old version',
    evidence: ['errors 3.1 %, 0.1 % with the old version'],
  })
  assert.equal(historyEntry(undefined, start, 'ann@host', at(0)).reason, 'the search is faster')
})

test('tags and durations are said shortly', () => {
  assert.equal(tagOf(`registry:5000/app@sha256:${'ab'.repeat(32)}`), 'abababababab')
  assert.equal(tagOf('app:1.4'), '1.4')
  assert.deepEqual([90_000, 120_000, 3_600_000, 5_400_000].map(sayDuration), [
    '90 s',
    '2 min',
    '1 h',
    '90 min',
  ])
})
