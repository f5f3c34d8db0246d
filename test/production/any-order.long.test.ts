import { after, before, test } from 'node:test'
import { type Kept, keepSomething } from './kept.ts'
import { type ProductionStack, productionUp } from './stack.ts'

// It stands for the outside, and what it knows is in its memory.
const outside = 'standins'

let stack: ProductionStack
let kept: Kept
before(async () => {
  stack = await productionUp()
  kept = await keepSomething(stack)
})
after(() => stack?.down())

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)

test('its parts may start in any order, and sessions and queued signups are there', async () => {
  const all = (await stack.compose('config', '--services')).split('\n')
  const services = all.filter((name) => name !== outside)
  for (const order of [services.sort().reverse(), shuffled(services)]) {
    await stack.compose('rm', '--stop', '--force', ...services)
    for (const service of order) await stack.compose('up', '--detach', '--no-build', '--no-deps', service)
    await kept.isWhole(`a start in the order ${order.join(', ')}`)
  }
  await kept.arrives()
})
