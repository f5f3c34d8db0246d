import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker, startContainer } from '../lab/docker.ts'
import { sharedProduction } from '../production/shared.ts'
import type { ProductionStack } from '../production/stack.ts'
import { assertUnaffected, visitDuring } from './visitors.ts'

const script = join(import.meta.dirname, 'made-up-client.ts')

let stack: ProductionStack
before(async () => {
  stack = await sharedProduction()
})
after(() => stack?.down())

/** A client with an address of its own; how often it met which status. */
async function askForNothing(): Promise<Record<string, number>> {
  const place = ['--network', `${stack.project}_webapp`, '--volume', `${script}:/client.ts:ro`]
  const args = ['node', '/client.ts', 'nginx', '440', '10']
  const client = await startContainer({ image: 'node:26.10.0-slim', options: place, args })
  await docker('wait', client.id)
  const told = await docker('logs', client.id)
  await client.remove()
  return JSON.parse(told)
}

test('a client that asks for made-up pages without end over HTTP/1 takes no place from visitors', async () => {
  const { result, visits } = await visitDuring(stack.url, askForNothing())
  assert.ok((result[404] ?? 0) > 500, JSON.stringify(result))
  // Fewer than all that instances and queue hold, and more than one address may have there.
  assert.ok((result[503] ?? 0) > 0, JSON.stringify(result))
  assertUnaffected(visits)
})
