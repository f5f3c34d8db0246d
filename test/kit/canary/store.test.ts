import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCanary, stateName } from '../../../kit/canary/canary-json.ts'
import type { Canary } from '../../../kit/canary/state.ts'
import { statesIn, underWay } from '../../../kit/canary/store.ts'
import { needlessCanaries } from '../../../kit/deploy/prune/prune-canaries.ts'
import type { SwarmObject } from '../../../kit/swarm/objects.ts'
import { canary } from '../control/parts.ts'

const ended = { kind: 'ended', result: 'promoted', since: new Date(0).toISOString() } as const

const MADE = '2026-11-22T00:00:00.000Z'
/** When what was made is no longer young. */
const LATER = new Date('2026-11-22T00:01:00Z')

const config = (name: string, kind: string, content = ''): SwarmObject => ({
  id: `id of ${name}`,
  name,
  labels: { 'dogfood.kind': kind, 'dogfood.by': 'ada' },
  createdAt: MADE,
  content,
})

const state = (number: number, value: Canary = canary()): SwarmObject =>
  config(stateName('app-lab', number), 'canary', encodeCanary(value))

test('states are told in the order of their numbers, whatever order the swarm has', () => {
  const states = statesIn('app-lab', [state(10, canary({ phase: ended })), state(9), config('x', 'release')])
  assert.deepEqual(
    states.map(({ number, who }) => [number, who]),
    [
      [9, 'ada'],
      [10, 'ada'],
    ],
  )
})

test('a canary is under way until its newest state has ended', () => {
  assert.equal(underWay(statesIn('app-lab', [state(1)]))?.number, 1)
  assert.equal(underWay(statesIn('app-lab', [state(1), state(2, canary({ phase: ended }))])), undefined)
  assert.equal(underWay([]), undefined)
})

test('since when a canary is where it is, the swarm says: the clock of who wrote that may be wrong', () => {
  for (const wrong of ['2026-11-21T23:58:59.000Z', '2026-11-22T00:10:00.000Z']) {
    const starting = underWay(statesIn('app-lab', [state(1, canary({ begun: wrong }))]))?.canary
    assert.equal(starting?.begun, MADE)
    const phase = { kind: 'aborting', since: wrong, reason: 'ada wanted it', evidence: [] } as const
    const aborting = underWay(statesIn('app-lab', [state(1, canary({ begun: wrong, phase }))]))?.canary
    assert.deepEqual([aborting?.begun, aborting?.phase], [wrong, { ...phase, since: MADE }])
  }
})

test('an old state that cannot be read is passed over; the newest is a fault', () => {
  const broken = config(stateName('app-lab', 1), 'canary', '{}')
  assert.equal(statesIn('app-lab', [broken, state(2)]).length, 1)
  assert.throws(() => statesIn('app-lab', [state(1), config(stateName('app-lab', 2), 'canary', '{}')]))
})

test('of six canaries the oldest goes, and what those that ended were to become', () => {
  const ids = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']
  const configs = ids.flatMap((id, at) => [
    state(at + 1, canary({ id, phase: ended })),
    config(`app-lab_canary-record-${id}`, 'canary-record'),
    config(`app-lab_canary-target-${id}`, 'canary-target'),
  ])
  const needless = needlessCanaries(statesIn('app-lab', configs), configs, LATER)
  assert.deepEqual(
    needless.filter((id) => !id.includes('target')),
    ['id of app-lab_canary-1', 'id of app-lab_canary-record-c1'],
  )
  assert.equal(needless.filter((id) => id.includes('target')).length, 6)
})

test('of a canary under way nothing goes', () => {
  const going = canary({ id: 'c9' })
  const configs = [
    state(7, going),
    config('app-lab_canary-target-c9', 'canary-target'),
    config('app-lab_canary-earlier-c9', 'canary-earlier'),
  ]
  assert.deepEqual(needlessCanaries(statesIn('app-lab', configs), configs, LATER), [])
})

test('what a canary that is about to begin has kept stays for a minute', () => {
  const configs = [
    state(1, canary({ phase: ended })),
    config('app-lab_canary-target-c0ffee00', 'canary-target'),
    config('app-lab_canary-target-c9', 'canary-target'),
  ]
  const at = (now: Date) => needlessCanaries(statesIn('app-lab', configs), configs, now)
  assert.deepEqual(at(new Date('2026-11-22T00:00:59Z')), [])
  assert.equal(at(LATER).length, 2)
  assert.deepEqual(at(new Date('2026-11-21T23:00:00Z')), [], 'by a clock that is behind')
})
