import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareOf } from '../../../kit/canary/share-of.ts'
import type { Phase } from '../../../kit/canary/state.ts'
import { Steersman } from '../../../kit/control/control.ts'
import { after, canary, swarm } from './parts.ts'

type Swarm = ReturnType<typeof swarm>

const newest = ({ states }: Swarm) => states.at(-1)?.canary ?? assert.fail('no state')
const phase = (at: Swarm): Phase['kind'] => newest(at).phase.kind
const lastShare = ({ seen }: Swarm): string | undefined => seen.words.at(-1)?.split('~')[3]

/** Time passes, with requests for both versions; the control looks each five seconds. */
async function pass(at: Swarm, seconds: number, failed = 0, steersman = at.steersman): Promise<void> {
  for (let second = 0; second < seconds; second += 5) {
    at.here.at += 5000
    const { canary: mine, old } = at.here.counters
    at.here.counters = { canary: after(mine, 2000, failed), old: after(old, 2000, 2) }
    await steersman.tick()
  }
}

test('a canary that is as good goes through its steps, is promoted, and is tidied away', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] })
  const at = swarm(canary())
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  await at.steersman.tick()
  assert.equal(phase(at), 'stepping')
  await pass(at, 5)
  assert.equal(lastShare(at), '5')
  await pass(at, 600)
  assert.equal(phase(at), 'ended')
  const shares = at.states.map(({ canary }) => shareOf(canary))
  assert.deepEqual(shares, [0, 5, 50, 100, 100, 0])
  assert.equal(at.seen.words.at(-1), '1~6~c0ffee00~0~promoted~')
  assert.deepEqual([at.seen.promoted, at.seen.records, at.seen.tidied], [1, 1, 1])
})

test('a canary with more errors gets nobody any more, and is removed once nobody asks it', async (t) => {
  const at = swarm(canary({ holdMs: 600_000 }))
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  await at.steersman.tick()
  await pass(at, 200, 100)
  const words = at.seen.words.map((word) => word.split('~')[3])
  assert.equal(words.at(-1), undefined, 'it has ended')
  assert.ok(words.includes('5') && words.indexOf('0', words.indexOf('5')) > 0)
  const { phase } = newest(at)
  assert.ok(phase.kind === 'ended' && phase.result === 'aborted')
  assert.match(phase.evidence.join(), /errors/)
  assert.deepEqual([at.seen.removed, at.seen.records, at.seen.promoted], [1, 1, 0])
})

test('what was seen is kept for one that an operator aborts or promotes, too, and once', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  for (const kind of ['aborting', 'promoting'] as const) {
    const at = swarm(canary({ manual: true }))
    await at.steersman.tick()
    await pass(at, 60)
    const since = new Date(at.here.at).toISOString()
    const phase: Phase =
      kind === 'promoting' ? { kind, since } : { kind, since, reason: 'ada wanted it', evidence: [] }
    at.states.push({ number: 3, canary: { ...newest(at), phase }, who: 'ada', when: since, id: 's3' })
    await pass(at, 60)
    assert.equal(newest(at).phase.kind, 'ended')
    assert.equal(at.seen.records, 1, kind)
  }
})

test('what cannot be kept holds up neither a step nor an end', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  const good = swarm(canary())
  const bad = swarm(canary({ holdMs: 600_000 }))
  for (const [at, failed] of [
    [good, 0],
    [bad, 100],
  ] as const) {
    at.here.isFull = true
    await at.steersman.tick()
    await pass(at, 600, failed)
    assert.equal(phase(at), 'ended')
    assert.match(at.seen.told.join(), /what was seen of the canary is not kept: config is too large/)
  }
  assert.deepEqual([good.seen.promoted, bad.seen.promoted], [1, 0])
})

test('a canary whose instances are all lost is aborted, while it is paused, too', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  const since = new Date(0).toISOString()
  const at = swarm(canary({ phase: { kind: 'paused', share: 5, index: 0, since } }))
  await pass(at, 60)
  assert.equal(phase(at), 'paused')
  at.here.up = { canary: 0, old: 2 }
  await pass(at, 25)
  assert.equal(phase(at), 'paused')
  await pass(at, 20)
  assert.notEqual(phase(at), 'paused')
  assert.match(at.seen.told.join(), /none of its instances was ready for 30 s/)
})

test('the log says once a minute what a canary waits for', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  const at = swarm(canary({ holdMs: 100_000 }))
  await at.steersman.tick()
  await at.steersman.tick()
  await pass(at, 10)
  assert.match(at.steersman.waitsFor, /^hold ends in 90 s, [\d,]+ more requests with the canary$/)
  await pass(at, 80)
  const waits = at.seen.told.filter((line) => line.includes('waits for'))
  assert.equal(waits.length, 1)
  assert.match(waits[0] ?? '', /^site\/webapp canary 2 waits for: hold ends in 40 s/)
})

test('while a request of an aborted canary is under way, its service stays for some seconds', async () => {
  const since = new Date(0).toISOString()
  const at = swarm(canary({ phase: { kind: 'aborting', since, reason: 'a test', evidence: [] } }))
  at.here.idle = false
  for (at.here.at of [1000, 5000, 15_000]) await at.steersman.tick()
  assert.equal(at.seen.removed, 0)
  assert.equal(lastShare(at), '0')
  at.here.at = 21_000
  await at.steersman.tick()
  assert.deepEqual([at.seen.removed, phase(at)], [1, 'ended'])
})

test('another control goes on where one has died, at every step', async (t) => {
  const at = swarm(canary())
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  for (let turn = 0; turn < 80 && phase(at) !== 'ended'; turn++)
    await pass(at, 50, 0, new Steersman(at.control))
  assert.equal(phase(at), 'ended')
  assert.deepEqual(
    at.states.map(({ canary }) => shareOf(canary)),
    [0, 5, 50, 100, 100, 0],
  )
})

test('of two controls one writes each state', async () => {
  const at = swarm(canary())
  await Promise.all([at.steersman.tick(), new Steersman(at.control).tick()])
  assert.deepEqual(
    at.states.map(({ number }) => number),
    [1, 2],
  )
})

test('a canary that was never made, or does not come up, is aborted', async () => {
  const never = swarm(canary())
  never.here.services = []
  await never.steersman.tick()
  assert.equal(phase(never), 'starting')
  never.here.at = 61_000
  await never.steersman.tick()
  assert.notEqual(phase(never), 'starting')
  const slow = swarm(canary())
  slow.here.ready = false
  slow.here.at = 299_000
  await slow.steersman.tick()
  assert.equal(phase(slow), 'starting')
  slow.here.at = 305_000
  await slow.steersman.tick()
  assert.match(slow.seen.told.join(), /did not become ready/)
})

test('how long an operator is behind or ahead does not count', async () => {
  const behind = swarm(canary({ begun: new Date(-61_000).toISOString() }))
  behind.here.services = []
  await behind.steersman.tick()
  assert.equal(phase(behind), 'starting')
  const since = new Date(600_000).toISOString()
  const ahead = swarm(canary({ phase: { kind: 'aborting', since, reason: 'a test', evidence: [] } }))
  for (ahead.here.at of [1000, 21_000]) await ahead.steersman.tick()
  assert.equal(phase(ahead), 'ended')
})

test('a promotion that fails takes the canary back, and one that was locked is tried again', async () => {
  const since = new Date(0).toISOString()
  const at = swarm(canary({ phase: { kind: 'promoting', since } }))
  at.here.promotion = undefined
  for (let turn = 0; turn < 5; turn++) await at.steersman.tick()
  assert.equal(phase(at), 'promoting')
  assert.ok(at.seen.promoted > 1)
  assert.equal(lastShare(at), '100')
  at.here.promotion = { kind: 'never-ready' }
  for (let turn = 0; turn < 5; turn++) await at.steersman.tick()
  assert.equal(phase(at), 'aborting')
  assert.equal(lastShare(at), '0')
})

test('without a canary balancers are told so, and what one left is removed once', async () => {
  const at = swarm(canary({ phase: { kind: 'ended', result: 'promoted', since: new Date(0).toISOString() } }))
  for (let turn = 0; turn < 3; turn++) await at.steersman.tick()
  assert.deepEqual([at.seen.words, at.seen.tidied], [Array(3).fill('1~1~c0ffee00~0~promoted~'), 1])
  assert.ok(at.steersman.isIdle)
})
