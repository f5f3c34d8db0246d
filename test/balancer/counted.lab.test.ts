import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Counters, Sides } from '../../kit/analysis/counters.ts'
import { boundsOf } from '../../kit/analysis/latency-bounds.ts'
import { keptConnection, OPEN, type SteeredBalancer, startSteered } from './steered.ts'

const SIDES = ['canary', 'old'] as const
let site: SteeredBalancer
before(async () => {
  site = await startSteered()
  await site.control.steer(OPEN)
})
after(() => site.stop())

const read = async (): Promise<Sides<Counters>> => (await site.control.read()).counters

/** What is counted of each side while it happens: requests and failed ones, and the slow ones among them. */
async function counts(happens: () => Promise<unknown>): Promise<Sides<readonly [number, number, number]>> {
  const before = await read()
  await happens()
  // A request is counted when it has ended, which is after its visitor has the answer.
  await wait(300)
  const now = await read()
  const grown = (side: 'canary' | 'old') => {
    const slow = ({ latency }: Counters) =>
      latency.reduce((sum, count, bucket) => sum + (boundsOf(bucket)[0] >= 500 ? count : 0), 0)
    const [then, since] = [before[side], now[side]]
    return [since.requests - then.requests, since.failed - then.failed, slow(since) - slow(then)] as const
  }
  return { canary: grown('canary'), old: grown('old') }
}

/** So many requests of a side, one after the other: over one connection, then each over one of its own. */
async function visit(side: string | undefined, path: string, method: string, count: number): Promise<void> {
  const kept = keptConnection(site.balancer.port)
  for (let asked = 0; asked < count; asked++) await kept(path, side, method)
  const headers = side ? { 'X-Side': side } : {}
  for (let asked = 0; asked < count; asked++)
    await site.balancer.ask({ path, method, headers }).catch(() => undefined)
}

const cases: readonly (readonly [what: string, path: string, method: string, expected: readonly number[]])[] =
  [
    ['good', '/who', 'GET', [10, 0, 0]],
    ['slow', '/queued', 'GET', [10, 0, 10]],
    ['failing', '/page-of-errors', 'GET', [10, 10, 0]],
    ['busy', '/busy', 'POST', [10, 10, 0]],
    ['missing', '/nowhere', 'GET', [10, 0, 0]],
    ['broken off before the answer', '/pay', 'POST', [10, 10, 0]],
    ['broken off each time they are tried', '/pay', 'GET', [10, 10, 0]],
    ['broken off within the answer', '/cut', 'GET', [10, 10, 0]],
  ]
for (const [what, path, method, expected] of cases)
  test(`requests that are ${what} are counted for their side`, async () => {
    for (const side of SIDES) {
      const other = side === 'canary' ? 'old' : 'canary'
      const counted = await counts(async () => {
        await visit(side, path, method, 5)
        // Of nobody's side.
        await visit(undefined, path, method, 2)
      })
      assert.deepEqual(counted[side], expected, side)
      assert.deepEqual(counted[other], [0, 0, 0], `${other} beside ${side}`)
    }
  })

test('what the canary is asked for want of an asset of the old version is counted for neither', async () => {
  const counted = await counts(() => visit('canary-uncounted', '/nowhere', 'GET', 10))
  assert.deepEqual(counted, { canary: [0, 0, 0], old: [0, 0, 0] })
})

test('a request that an instance hangs in has failed', async () => {
  const { canary } = await counts(() =>
    site.balancer.ask({ path: '/endless', headers: { 'X-Side': 'canary' } }),
  )
  assert.deepEqual(canary, [1, 1, 1])
})

test('a visitor who went away is no fault of an instance', async () => {
  const { canary } = await counts(async () => {
    for (let asked = 0; asked < 5; asked++) {
      const socket = connect(site.balancer.port, '127.0.0.1')
      socket.write('GET /queued HTTP/1.1\r\nHost: a\r\nX-Side: canary\r\n\r\n')
      await wait(150)
      socket.destroy()
    }
    await wait(700)
  })
  assert.equal(canary[1], 0)
})

test('what is asked of the old version for want of a canary is counted for the old one', async () => {
  await site.canary.tell('ready=false')
  await site.untilCanaryUp(0)
  const counted = await counts(() => visit('canary', '/who', 'GET', 5))
  assert.deepEqual(
    [counted.canary, counted.old],
    [
      [0, 0, 0],
      [10, 0, 0],
    ],
  )
  await site.canary.tell('ready=true')
  await site.untilCanaryUp(1)
})

test('a thousand at once are all counted', async () => {
  const visitors = Array.from({ length: 20 }, (_, index) => {
    const kept = keptConnection(site.balancer.port)
    return async () => {
      for (let asked = 0; asked < 50; asked++) await kept('/who', index % 2 ? 'canary' : 'old')
    }
  })
  const counted = await counts(() => Promise.all(visitors.map((go) => go())))
  assert.deepEqual([counted.canary[0], counted.old[0]], [500, 500])
  const { canary } = await read()
  assert.equal(canary.latency.reduce((sum, count) => sum + count) <= canary.requests, true)
})

// Last, because it takes the canary out.
test('requests that the canary refuses have failed, and how often it went down is known', async () => {
  const before = await site.control.read()
  await site.canary.tell('gone=true')
  const { canary } = await counts(() => visit('canary', '/who', 'POST', 3))
  assert.equal(canary[0], canary[1])
  await site.untilCanaryUp(0)
  const lost = ({ servers }: typeof before) => servers.canary.reduce((sum, { lost }) => sum + lost, 0)
  assert.equal(lost(await site.control.read()) - lost(before), 1)
})
