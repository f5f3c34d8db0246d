import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { type Kept, keepSomething } from './kept.ts'
import { killFromOutside, mainProcess } from './processes.ts'
import { type ProductionStack, productionUp } from './stack.ts'

// It stands for the outside, and what it knows is in its memory.
const outside = 'standins'
const helper = 'node:26.10.0-slim'

let stack: ProductionStack
let kept: Kept
before(async () => {
  stack = await productionUp()
  kept = await keepSomething(stack)
})
after(() => stack?.down())

interface Part {
  readonly id: string
  readonly service: string
}

async function parts(): Promise<Part[]> {
  const format = '{{.ID}} {{.Service}}'
  const lines = (await stack.compose('ps', '--no-trunc', '--format', format)).split('\n')
  return lines.map((line) => line.split(' ')).map(([id = '', service = '']) => ({ id, service }))
}

const startsOf = async (id: string): Promise<string> =>
  docker('inspect', '--format', '{{.State.StartedAt}}', id)
const isHealthy = async (id: string): Promise<boolean> =>
  (await docker('inspect', '--format', '{{.State.Health.Status}}', id)) === 'healthy'

test('each container comes back by itself after kill -9, with the session', async () => {
  const all = (await parts()).filter(({ service }) => service !== outside)
  assert.ok(all.length >= 10)
  for (const { id, service } of all) {
    const before = await startsOf(id)
    await killFromOutside(await mainProcess(id), helper)
    await until(async () => (await startsOf(id)) !== before, `${service} to start again`)
    await until(() => isHealthy(id), `${service} to be healthy again`, 60)
    await kept.isWhole(`kill -9 of ${service}`)
  }
})

test('it comes back after kill -9 of all of them at once', async () => {
  const all = (await parts()).filter(({ service }) => service !== outside)
  const pids = await Promise.all(all.map(({ id }) => mainProcess(id)))
  await killFromOutside(pids, helper)
  await kept.isWhole('kill -9 of all')
})

test('the signups that were queued before arrive, once each', async () => {
  await kept.arrives()
})
