import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ProductionStack, productionUp } from '../production/stack.ts'
import { startLoad } from './load.ts'
import { imagesOf, makeRelease, removeReleases, rollout, running } from './rolling.ts'
import { type Signup, signupBegun, signupFinished } from './signup.ts'
import { type TlsVisitor, visitorOver } from './visitor.ts'
import { visits } from './visits.ts'

// With the two by --back at the end, twenty.
const RELEASES = 18
const PER_SECOND = 500

let stack: ProductionStack
before(async () => {
  stack = await productionUp({ settings: { RELEASE: 'release-0' } })
})
after(async () => {
  if (!stack) return
  await stack.down()
  await removeReleases(stack)
})

test('twenty rollouts in a row under 500 requests a second cost nobody a request, a session or a signup', async (t) => {
  const visitor = visitorOver(stack.url)
  await visitor.submit('/session', { name: 'Ann' })
  const load = startLoad(stack.url, visits(visitor.cookie(), PER_SECOND), PER_SECOND)
  t.after(() => load.stop())
  const sessions: TlsVisitor[] = []
  const isKnown = async (index: number) =>
    assert.match(
      (await sessions[index]?.get('/session'))?.html ?? '',
      new RegExp(`Visitor of release ${index + 1}\\b`),
    )
  const signups: Signup[] = []
  for (let turn = 1; turn <= RELEASES; turn++) {
    const release = await makeRelease(stack, `release-${turn}`)
    // One begins before the first rollout and is finished after the last; the others live through one or two.
    if (turn === 1 || turn % 5 === 0) signups.push(await signupBegun(stack, `visitor-${turn}`))
    const newcomer = visitorOver(stack.url)
    await newcomer.submit('/session', { name: `Visitor of release ${turn}` })
    sessions.push(newcomer)
    const { exit, output } = await rollout(stack, '--image', release)
    assert.equal(exit, 0, output)
    assert.deepEqual(load.soFar().failed.slice(0, 10), [], output)
    assert.deepEqual(await running(stack), Array(3).fill(`release-${turn} healthy`))
    await isKnown(0)
    await isKnown(turn - 1)
    assert.deepEqual(await running(stack, 'worker'), [`release-${turn} healthy`])
    if (turn % 5 === 4) await signupFinished(stack, signups.pop() ?? assert.fail('no signup'))
  }
  const images = await imagesOf(stack)
  for (const release of [RELEASES - 1, RELEASES]) {
    const { exit, output } = await rollout(stack, '--back')
    assert.equal(exit, 0, output)
    assert.deepEqual(await running(stack), Array(3).fill(`release-${release} healthy`))
    assert.deepEqual(await running(stack, 'worker'), [`release-${release} healthy`])
  }
  assert.deepEqual(await imagesOf(stack), images)
  for (const signup of signups) await signupFinished(stack, signup)
  for (const index of sessions.keys()) await isKnown(index)
  const seen = await load.stop()
  assert.deepEqual(seen.failed, [])
  assert.ok(seen.perSecond > PER_SECOND * 0.95, `only ${seen.perSecond} requests a second`)
  // How that compares with a site at rest: bench/benchmarks/rollout-latency.ts.
  console.log(`${seen.requests} requests; p50 ${seen.p50.toFixed(1)} ms, p99 ${seen.p99.toFixed(1)} ms`)
})

test('a plain `docker compose up` afterwards finds nothing to do', async () => {
  const before = await stack.containers('webapp')
  await stack.compose('up', '--detach')
  assert.deepEqual((await stack.containers('webapp')).sort(), before.sort())
})
