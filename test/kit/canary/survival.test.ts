import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance } from '../../../kit/canary/advance.ts'
import { decodeCanary, encodeCanary } from '../../../kit/canary/canary-json.ts'
import type { CanaryEvent, Outcome } from '../../../kit/canary/event.ts'
import { shareOf } from '../../../kit/canary/share-of.ts'
import type { Canary, Phase } from '../../../kit/canary/state.ts'
import { at, canary, content, randomOf, waiting, worse } from './canaries.ts'

const RUNS = 400
const EVENTS = 40

/** Where each phase may lead, and no further by one event. */
const leads: Readonly<Record<Phase['kind'], readonly Phase['kind'][]>> = {
  starting: ['stepping', 'holding', 'aborting'],
  stepping: ['stepping', 'holding', 'paused', 'promoting', 'aborting'],
  holding: ['stepping', 'paused', 'promoting', 'aborting'],
  paused: ['paused', 'stepping', 'holding', 'promoting', 'aborting'],
  promoting: ['ended', 'aborting'],
  aborting: ['ended'],
  ended: [],
}

test('a state that another control continues goes on as it would have', () => {
  walk(({ outcome, before, event, now }) => {
    const continued = advance(decodeCanary(encodeCanary(before)), event, now)
    assert.deepEqual(plain(continued), plain(outcome))
  })
})

test('an event moves at most one phase on, and nothing but the phase', () => {
  walk(({ outcome, before }) => {
    if (outcome.kind !== 'moved') return
    assert.ok(leads[before.phase.kind].includes(outcome.canary.phase.kind))
    assert.deepEqual({ ...outcome.canary, phase: before.phase }, before)
  })
})

test('the share never rises after an abort, and what has ended stays so', () => {
  const over: readonly Phase['kind'][] = ['aborting', 'ended']
  walk(({ before, current }) => {
    if (!over.includes(before.phase.kind)) return
    assert.equal(shareOf(current), 0)
    assert.ok(over.includes(current.phase.kind))
    if (before.phase.kind === 'ended') assert.equal(current, before)
  })
})

test('the share rises by one step that was held and found content, or by hand', () => {
  walk(({ before, current, event, now }) => {
    const { steps, phase } = before
    const rises = shareOf(current) > shareOf(before)
    if (event.kind === 'set' && current !== before) assert.equal(shareOf(current), event.percent)
    if (event.kind === 'ready' && rises) assert.equal(shareOf(current), steps[0])
    if (event.kind === 'resume' && rises) assert.equal(shareOf(current), steps[0])
    if (!rises || ['set', 'ready', 'resume', 'promote'].includes(event.kind)) return
    assert.equal(event, content)
    assert.ok(phase.kind === 'stepping' && !before.manual)
    assert.ok(now.getTime() - Date.parse(phase.since) >= before.holdMs)
    assert.equal(shareOf(current), steps[phase.index + 1])
  })
})

interface Step {
  readonly before: Canary
  readonly event: CanaryEvent
  readonly now: Date
  readonly outcome: Outcome
  readonly current: Canary
}

/** Sequences of events, the same ones each time; `check` sees every one. */
function walk(check: (step: Step) => void): void {
  const random = randomOf(7)
  const ends = new Set<Phase['kind']>()
  for (let run = 0; run < RUNS; run++) {
    let current = canary({ manual: random() < 0.2, steps: random() < 0.1 ? [100] : [1, 5, 25, 50, 100] })
    for (let count = 0, seconds = 0; count < EVENTS; count++) {
      seconds += Math.floor(random() * 150)
      const before = current
      const event = eventOf(random)
      const outcome = advance(before, event, at(seconds))
      if (outcome.kind === 'moved') current = outcome.canary
      check({ before, event, now: at(seconds), outcome, current })
    }
    ends.add(current.phase.kind)
  }
  assert.ok(ends.size >= 5, `the runs end in ${[...ends].join(', ')}`)
}

const unlikely: readonly CanaryEvent[] = [
  worse,
  { kind: 'never-ready' },
  { kind: 'promote' },
  { kind: 'promoted' },
  { kind: 'removed' },
  { kind: 'abort', reason: 'by hand' },
]

function eventOf(random: () => number): CanaryEvent {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  if (random() < 0.1) return pick(unlikely)
  const set = { kind: 'set', percent: pick([0, 0.5, 1, 5, 10, 33.33, 50, 100, 101]) } as const
  return pick<CanaryEvent>([
    { kind: 'ready' },
    content,
    content,
    content,
    waiting,
    { kind: 'tick' },
    { kind: 'pause' },
    { kind: 'resume' },
    set,
  ])
}

/** A refusal as what it says: no two errors are equal. */
const plain = (outcome: Outcome): unknown =>
  outcome.kind === 'refused' ? [outcome.failure.message, outcome.failure.todo] : outcome
