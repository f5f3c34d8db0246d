import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Phase } from '../../../kit/canary/state.ts'
import { steeredBalancers } from '../../../kit/control/all-balancers.ts'
import { Steersman } from '../../../kit/control/control.ts'
import { canary, service, swarm } from './parts.ts'
import { type Manner, startRuntimeBalancers } from './runtime-balancers.ts'

/** As runControl looks while there is a canary. */
const TICK_MS = 250
/** On a machine that other tests use; bench/ has the time of a quiet one. */
const MOST_MS = 5000
const ROUNDS = 5

// Only Linux has all of 127.0.0.0/8.
const skip = process.platform !== 'linux' && 'every balancer needs an address of its own'

const paused = (share: number): Phase => ({
  kind: 'paused',
  share,
  index: 0,
  since: new Date(0).toISOString(),
})

/** A control of balancers that behave so, at work until it is stopped. */
async function controlOf(manners: readonly Manner[]) {
  const balancers = await startRuntimeBalancers(manners)
  const { control, here, states } = swarm(canary({ phase: paused(1) }))
  here.services.push(service('balancer'))
  const steered = steeredBalancers(
    control.stack,
    control.engine,
    () => undefined,
    async () => balancers.addresses,
  )
  const steersman = new Steersman({ ...control, balancers: steered })
  let stopped = false
  const work = async () => {
    for (; !stopped; await sleep(TICK_MS)) await steersman.tick()
  }
  const working = work()
  /** Writes another state; how long it took until the last that lives has its word. */
  const converge = async (share: number): Promise<number> => {
    const number = states.length + 1
    const begun = performance.now()
    const when = new Date(0).toISOString()
    states.push({ number, canary: canary({ phase: paused(share) }), who: 'ada', when, id: `s${number}` })
    const has = ({ word }: { word: string }) => word.startsWith(`1~${number}~`)
    while (!balancers.living.every(has) && performance.now() - begun < 2 * MOST_MS) await sleep(5)
    assert.ok(balancers.living.every(has), 'each that lives has the word')
    return Math.max(...balancers.living.map(({ since }) => since)) - begun
  }
  const stop = async () => {
    stopped = true
    await working
    await balancers.stop()
  }
  return { converge, stop }
}

test('100 balancers, of which some are slow and some silent, have a word in time', { skip }, async (t) => {
  const manners = Array.from({ length: 100 }, (_, at) => (at % 10 === 3 ? 300 : at % 10 === 7 ? 'silent' : 0))
  const { converge, stop } = await controlOf(manners)
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // The first finds silent ones that control does not know; the others come at any moment of its round.
    took.push(Math.round(await converge(2 + round)))
    await sleep(130 * round)
  }
  await stop()
  t.diagnostic(`${took.join(', ')} ms`)
  assert.ok(Math.max(...took) < MOST_MS, `${took.join(', ')} ms`)
})
