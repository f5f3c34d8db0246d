import { after, before, test } from 'node:test'
import { type Kept, keepSomething } from './kept.ts'
import { type OwnEngine, startOwnEngine } from './own-engine.ts'
import { type ProductionStack, productionUp } from './stack.ts'

let engine: OwnEngine
let stack: ProductionStack
let kept: Kept
before(async () => {
  engine = await startOwnEngine()
  stack = await productionUp({ socket: engine.socket })
  kept = await keepSomething(stack, engine.enter)
  // Whatever starts again, the CRM stays away.
  await stack.compose('stop', 'standins')
})
after(async () => {
  await stack?.down().catch(() => undefined)
  await engine?.remove()
})

test('the site comes back by itself after a restart of the engine, with its sessions', async () => {
  await engine.restart()
  await kept.isWhole('a restart of the engine')
})

test('it comes back after the machine lost its power', async () => {
  await engine.loseThePower()
  await engine.boot()
  await kept.isWhole('the machine lost its power')
})

test('the signups that were queued before arrive, once each', async () => {
  await stack.compose('up', '--detach', '--no-build', '--no-deps', '--wait', 'standins')
  // All that was in its memory is gone, that it was to fail as well.
  await kept.arrives({ failed: false })
})
