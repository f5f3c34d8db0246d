import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { CheckResult } from '../../../kit/canary/check.ts'
import type { Canary } from '../../../kit/canary/state.ts'
import { Steersman } from '../../../kit/control/control.ts'
import { after, canary, swarm } from './parts.ts'

const HOOK = 'https://ci.example.com/canary?key=s3cret'
const passes: CheckResult = { passed: true, evidence: [] }
const fails: CheckResult = { passed: false, evidence: ['it answers 500', 'no'] }

/** A canary with checks, in a swarm whose clock the test moves. */
function withChecks(t: TestContext, terms: Partial<Canary> = {}) {
  let clock = 0
  t.mock.method(performance, 'now', () => (clock += 6000))
  const at = swarm(canary({ checks: ['true', HOOK], ...terms }))
  const newest = () => at.states.at(-1)?.canary ?? assert.fail('no state')
  return { ...at, newest, kind: () => newest().phase.kind }
}

type Checked = ReturnType<typeof withChecks>

/** Time passes, with requests for both versions; the control looks each five seconds. */
async function pass({ here, steersman }: Checked, seconds: number, failed = 0): Promise<void> {
  for (let second = 0; second < seconds; second += 5) {
    here.at += 5000
    const { canary: mine, old } = here.counters
    here.counters = { canary: after(mine, 2000, failed), old: after(old, 2000, 2) }
    await steersman.tick()
  }
}

test('nobody gets a canary before its checks have passed, and they run at the same time, once', async (t) => {
  const at = withChecks(t)
  for (let turn = 0; turn < 3; turn++) await at.steersman.tick()
  assert.deepEqual(
    at.seen.asked.map(({ text }) => text),
    ['true', HOOK],
  )
  assert.deepEqual([at.kind(), at.steersman.waitsFor], ['starting', 'checks run'])
  assert.deepEqual(at.seen.asked[0]?.question, {
    ...{ app: 'app', component: 'site/webapp', canary: 'c0ffee00', image: canary().image },
    ...{ step: 0, share: 0, next: 5, figures: null },
  })
})

test('each step, and the promotion, has checks of its own', async (t) => {
  const at = withChecks(t)
  at.here.checks = { true: passes, [HOOK]: passes }
  for (let turn = 0; turn < 40 && at.kind() !== 'ended'; turn++) await pass(at, 20)
  assert.equal(at.kind(), 'ended')
  const asked = at.seen.asked.filter(({ text }) => text === HOOK).map(({ question }) => question)
  assert.deepEqual(
    asked.map(({ step, share, next }) => [step, share, next]),
    [
      [0, 0, 5],
      [1, 5, 50],
      [2, 50, 100],
      [3, 100, 'promoted'],
    ],
  )
  assert.ok((asked[1]?.figures?.canary.requests ?? 0) > 1000)
  assert.equal(asked[1]?.figures?.canary.instances, 2)
})

test('a check that fails takes the canary back, with its evidence and without the secret', async (t) => {
  const at = withChecks(t)
  at.here.checks = { [HOOK]: fails }
  await at.steersman.tick()
  await at.steersman.tick()
  const { phase } = at.newest()
  assert.ok(phase.kind === 'aborting')
  assert.equal(phase.reason, 'check 2 of 2 failed: https://ci.example.com/canary')
  assert.deepEqual(phase.evidence, fails.evidence)
  assert.ok(
    at.seen.asked.every(({ signal }) => signal.aborted),
    'the other one is ended',
  )
  assert.ok(!at.seen.told.join().includes('s3cret'))
})

test('while checks run a canary that is worse is taken back', async (t) => {
  const at = withChecks(t)
  at.here.checks = { true: passes, [HOOK]: passes }
  await at.steersman.tick()
  await at.steersman.tick()
  at.here.checks = {}
  await pass(at, 60)
  assert.deepEqual([at.kind(), at.steersman.waitsFor], ['stepping', 'checks run'])
  await pass(at, 600, 200)
  assert.match(JSON.stringify(at.states), /worse than the old version/)
  assert.ok(at.seen.asked.slice(2).every(({ signal }) => signal.aborted))
})

test('what was checked at a step is forgotten once an operator did something else', async (t) => {
  const at = withChecks(t, { phase: { kind: 'stepping', index: 0, since: new Date(0).toISOString() } })
  await pass(at, 60)
  const [first] = at.seen.asked
  assert.equal(first?.signal.aborted, false)
  const phase = { kind: 'paused', share: 5, index: 0, since: new Date(at.here.at).toISOString() } as const
  at.states.push({ number: 2, canary: { ...at.newest(), phase }, who: 'ada', when: phase.since, id: 's2' })
  at.here.checks = { true: fails, [HOOK]: fails }
  await pass(at, 60)
  assert.equal(first?.signal.aborted, true)
  assert.deepEqual([at.kind(), at.seen.asked.length], ['paused', 2])
})

test('what an operator does by hand passes over the checks', async (t) => {
  const at = withChecks(t, { phase: { kind: 'promoting', since: new Date(0).toISOString() } })
  await pass(at, 20)
  assert.deepEqual([at.kind(), at.seen.asked.length], ['ended', 0])
  const manual = withChecks(t, { manual: true })
  manual.here.checks = { true: passes, [HOOK]: passes }
  await pass(manual, 300)
  assert.deepEqual([manual.kind(), manual.seen.asked.length], ['stepping', 2])
  assert.match(manual.steersman.waitsFor, /somebody tells it to go on/)
})

test('another control runs the checks of a step again, and one that ends stops its own', async (t) => {
  const at = withChecks(t)
  await at.steersman.tick()
  at.steersman.end()
  assert.ok(at.seen.asked.every(({ signal }) => signal.aborted))
  at.here.checks = { true: passes, [HOOK]: passes }
  const other = new Steersman(at.control)
  await other.tick()
  await other.tick()
  assert.deepEqual([at.kind(), at.seen.asked.length], ['stepping', 4])
})
