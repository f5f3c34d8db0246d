import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { answering, slowing, withFault } from '../rollout/rolling.ts'
import { type CanarySite, startCanarySite } from './canary-site.ts'
import { failedOf, type Visited } from './canary-visitors.ts'

const isPage = '!/^\\/(?:readyz|healthz|livez|metrics)/.test(req.url)'

let site: CanarySite
before(async () => {
  site = await startCanarySite({
    failing: [withFault(answering(500, "req.url.startsWith('/search') && Math.random() < 0.8"))],
    unready: [withFault(answering(503, "req.url === '/readyz'"))],
    slow: [withFault(slowing(150, isPage))],
    // An instance has 384 MB.
    leaking: [withFault(slowing(0, isPage, 'kept.push(Buffer.alloc(8 << 20, 1))'))],
  })
})
after(() => site?.delete())
afterEach(() => site?.endVisits())

/** Begins a canary under load, and waits for its end, which has to be an abort; what was printed and seen. */
async function aborted(tag: string): Promise<{ output: string; seen: readonly Visited[] }> {
  const visits = site.visit()
  await sleep(3000)
  const args = ['canary', 'start', `webapp=${tag}`, '--steps', '25,100', '--max-p95', '3x']
  const { exit, output, seconds } = await site.swarm(args)
  console.log(`${output}${seconds.toFixed(0)} s`)
  assert.equal(exit, 1, output)
  const seen = await visits.stop()
  await site.untilGone()
  return { output, seen }
}

test('a version with more errors aborts by itself, and says why', async () => {
  const { output, seen } = await aborted('failing')
  assert.match(output, /worse than the old version[\s\S]*errors/)
  const others = seen.filter(({ path, status }) => !(path.startsWith('/search') && status === 500))
  assert.deepEqual(failedOf(others).slice(0, 5), [])
  assert.ok(others.length < seen.length)
})

test('a slower version aborts by itself, and says why', async () => {
  const { output, seen } = await aborted('slow')
  assert.match(output, /worse than the old version[\s\S]*p95/)
  assert.deepEqual(failedOf(seen).slice(0, 5), [])
})

test('a version that ends for want of memory aborts by itself, and fails its own visitors alone', async () => {
  const { output, seen } = await aborted('leaking')
  assert.match(output, /worse than the old version[\s\S]*(?:restarted|readiness|errors|p95)/)
  const had = new Set(seen.filter(({ release }) => release === 'leaking').map(({ visitor }) => visitor))
  assert.ok(had.size > 0)
  assert.deepEqual(failedOf(seen.filter(({ visitor }) => !had.has(visitor))).slice(0, 5), [])
})

test('a version that never becomes ready gets no visitor', async () => {
  const { output, seen } = await aborted('unready')
  assert.match(output, /did not become ready/)
  assert.deepEqual(failedOf(seen).slice(0, 5), [])
  assert.ok(seen.every(({ release }) => release !== 'unready'))
})
