import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { steeredBalancers } from '../../../kit/control/all-balancers.ts'
import { canary, service, swarm } from './parts.ts'
import { type Manner, startRuntimeBalancers } from './runtime-balancers.ts'

// Only Linux has all of 127.0.0.0/8.
const skip = process.platform !== 'linux' && 'every balancer needs an address of its own'
const WORD = '1~1~c~5~s~'
const NEXT = '1~2~c~5~s~'
/** Longer than control waits for any answer. */
const SILENT_MS = 1500

async function balancersOf(...manners: Manner[]) {
  const runtime = await startRuntimeBalancers(manners)
  const { control, here } = swarm(canary())
  here.services.push(service('balancer'))
  const told: string[] = []
  const tell = (_: string, line: string) => void told.push(line)
  here.services.push(service('balancer', 'shop-balancer', 'site/shop'))
  const resolve = async (name: string) =>
    runtime.addresses.filter(
      (_, at) => (name === 'tasks.shop-balancer') === (manners[at] === 'without a canary'),
    )
  const all = steeredBalancers(control.stack, control.engine, tell, resolve)
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  return { runtime, all, told, timed }
}

test('who is silent is waited for once, asked again, and left out of what is read', { skip }, async () => {
  const { runtime, all, told, timed } = await balancersOf(0, 'silent', 0)
  await all.steer(WORD)
  await sleep(SILENT_MS)
  const [one, silent, other] = runtime.addresses
  assert.deepEqual(
    told.filter((line) => line.includes(`${silent}:`)),
    [`balancer ${silent}: it did not answer in 700 ms`],
  )
  const milliseconds = await timed(async () => {
    await all.steer(NEXT)
    assert.deepEqual([...(await all.read()).reading.keys()], [one, other])
  })
  assert.ok(milliseconds < 600, `${milliseconds} ms`)
  assert.deepEqual(
    runtime.living.map(({ word }) => word),
    [NEXT, NEXT],
  )
  await runtime.stop()
  await sleep(SILENT_MS)
})

test('who is slow gets the last of several words, and is told nothing in between', { skip }, async () => {
  const { runtime, all, timed } = await balancersOf(300, 0)
  const milliseconds = await timed(() => all.steer(WORD))
  assert.ok(milliseconds < 600, `${milliseconds} ms`)
  await all.steer(NEXT)
  await sleep(SILENT_MS)
  assert.deepEqual(
    runtime.living.map(({ word }) => word),
    [NEXT, NEXT],
  )
  await runtime.stop()
})

test('balancers of another component are steered, and not asked for instances', { skip }, async (t) => {
  const { runtime, all } = await balancersOf(0, 'without a canary')
  t.after(() => runtime.stop())
  await all.steer(WORD)
  assert.deepEqual(
    runtime.living.map(({ word }) => word),
    [WORD, WORD],
  )
  assert.deepEqual([await all.see(3), await all.see(4)], [true, false])
  assert.deepEqual([...(await all.read()).reading.keys()], runtime.addresses.slice(0, 1))
})
