import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../until.ts'
import { type CanarySite, startCanarySite } from './canary-site.ts'
import { failedOf, turnedBack } from './canary-visitors.ts'
import { tasksOf } from './site.ts'

// Three nodes share two processors here: at times one version is slow, at times the other.
const QUICK = ['--steps', '25,50,100', '--hold', '10s', '--max-p95', '3x']
/** From the decision to the last answer of the canary, with a page that was under way. */
const ABORTED_WITHIN_MS = 2000

let site: CanarySite
before(async () => {
  site = await startCanarySite({ good: [], better: [] })
})
after(() => site?.delete())
afterEach(() => site?.endVisits())

test('a good version ends with all visitors by itself; each keeps a side, and nobody sees a failure', async () => {
  const visits = site.visit()
  await sleep(3000)
  const { exit, output, seconds } = await site.swarm(['canary', 'start', 'webapp=good', ...QUICK])
  console.log(`${output}${seconds.toFixed(0)} s`)
  assert.equal(exit, 0, output)
  await sleep(3000)
  const seen = await visits.stop()
  assert.deepEqual(failedOf(seen).slice(0, 5), [])
  assert.deepEqual(turnedBack(seen, 'good'), [])
  const last = seen.filter(({ milliseconds }) => milliseconds > (seen.at(-1)?.milliseconds ?? 0) - 2000)
  assert.deepEqual([...new Set(last.map(({ release }) => release).filter(Boolean))], ['good'])
  await site.untilGone()
  assert.equal((await tasksOf('site-webapp', site.cluster.nodes[0])).length, 3)
  assert.match(await site.good(['releases']), /canary good promoted/)
})

test('a promotion by hand goes on at once, and nobody sees a failure', async () => {
  const visits = site.visit()
  await site.good(['canary', 'start', 'webapp=better', '--steps', '25,100', '--manual', '--detach'])
  await site.untilIn('stepping')
  await sleep(3000)
  await site.good(['canary', 'promote', '--yes'])
  await site.untilIn('ended', 180)
  await site.untilGone()
  const seen = await visits.stop()
  assert.deepEqual(failedOf(seen).slice(0, 5), [])
  assert.deepEqual(turnedBack(seen, 'better'), [])
})

test('an abort takes all visitors back within two seconds', async () => {
  const visits = site.visit()
  const args = ['canary', 'start', 'webapp=good', '--steps', '50,100', '--hold', '10m', '--detach']
  await site.good(args)
  await site.untilIn('stepping')
  await until(async () => visits.all.some(({ release }) => release === 'good'), 'visitors on the canary')
  const { exit, output } = await site.swarm(['canary', 'abort', '--yes', '--reason', 'a test'])
  assert.equal(exit, 1, output)
  assert.match(output, /a test/)
  const seen = await visits.stop()
  assert.deepEqual(failedOf(seen).slice(0, 5), [])
  const last = seen.findLast(({ release }) => release === 'good')
  const decided = (await site.status())?.history.find(({ phase }) => phase.kind === 'aborting')?.when ?? ''
  const took = (last?.at ?? 0) - Date.parse(decided)
  console.log(`last page of the canary ${took.toFixed(0)} ms after the decision`)
  assert.ok(took < ABORTED_WITHIN_MS)
  await site.untilGone()
})

test('during a canary another one and a deploy are refused, with the way out', async () => {
  await site.good(['canary', 'start', 'webapp=good', '--hold', '10m', '--detach'])
  for (const args of [
    ['canary', 'start', 'webapp=better'],
    ['up', '--yes'],
    ['update', 'webapp=good'],
  ]) {
    const { exit, output } = await site.swarm(args)
    assert.equal(exit, 1, output)
    assert.match(output, /canary.* is under way[\s\S]*swarm canary promote[\s\S]*swarm canary abort/)
  }
  assert.match(await site.good(['status']), /A canary of site\/webapp is under way/)
  await site.swarm(['canary', 'abort', '--yes'])
  await site.untilGone()
})
