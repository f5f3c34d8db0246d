import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Canary } from '../../../kit/canary/state.ts'
import { Readiness } from '../../../kit/control/readiness.ts'
import { canary, swarm } from './parts.ts'

type Here = ReturnType<typeof swarm>['here']

/** Looks at a canary that starts, each 250 ms for some seconds; how that ends, and after how many milliseconds. */
function starting(terms: Partial<Canary> = {}) {
  const first = canary(terms)
  const { control, here } = swarm(first)
  let readiness = new Readiness(control)
  const look = async (seconds: number): Promise<readonly [kind: string, ms: number] | undefined> => {
    const begun = here.at
    for (; here.at <= begun + seconds * 1000; here.at += 250) {
      const event = await readiness.look(first)
      if (event) return [event.kind, here.at - begun]
    }
    return undefined
  }
  const another = () => {
    readiness = new Readiness(control)
  }
  return { here, look, another }
}

const from = (seconds: number, seen: Partial<Here> = {}, terms: Partial<Canary> = {}) => {
  const started = starting(terms)
  Object.assign(started.here, seen, { at: seconds * 1000 })
  return started
}

test('a canary is ready once its instances run and balancers have them', async () => {
  const { look } = from(1)
  assert.deepEqual(await look(1), ['ready', 0])
})

test('instances of the canary before are not taken for its own', async () => {
  const before = `registry/webapp:2@sha256:${'b'.repeat(64)}`
  const { here, look } = from(1, { image: before })
  assert.equal(await look(20), undefined)
  here.image = `docker.io/registry/webapp@sha256:${'a'.repeat(64)}`
  assert.deepEqual(await look(1), ['ready', 0])
})

test('instances that run and are never ready for the balancers are not waited for as long', async () => {
  const { look } = from(0, { seen: false })
  assert.deepEqual(await look(100), ['never-ready', 60_250])
})

test('a look that finds instances not ready decides nothing, nor do some', async () => {
  const { here, look } = from(100, { seen: false })
  assert.equal(await look(4), undefined)
  here.seen = true
  assert.deepEqual(await look(0), ['ready', 0])
  here.seen = false
  assert.deepEqual(await look(100), ['never-ready', 5000])
})

test('while no balancer answers nobody knows that instances are not ready', async () => {
  const { here, look } = from(100, { answers: false })
  assert.equal(await look(100), undefined)
  here.answers = true
  here.seen = false
  assert.equal(await look(4), undefined, 'they have said so for four seconds')
  here.seen = true
  assert.deepEqual(await look(0), ['ready', 0])
})

test('one that was ready in time is not late for a moment of another control', async () => {
  const { here, look, another } = from(400)
  assert.deepEqual(await look(0), ['ready', 0])
  another()
  here.answers = false
  assert.equal(await look(2), undefined)
  assert.deepEqual(await look(100), ['never-ready', 2750])
})

test('a clock that is ahead makes nothing old', async () => {
  const begun = new Date(600_000).toISOString()
  const { here, look } = from(0, { services: [] }, { begun })
  assert.equal(await look(100), undefined)
  here.at = 661_000
  assert.deepEqual(await look(0), ['never-ready', 0])
})
