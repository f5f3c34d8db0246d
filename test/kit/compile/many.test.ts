import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile } from '../../../kit/compile/compile.ts'
import { diff } from '../../../kit/compile/diff.ts'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { readDefinition } from '../../../kit/definition/read.ts'
import { manyComponents } from './many.ts'

const environment = 'me/dev'
const definition = { file: 'swarm.json', text: manyComponents(500) }

function compileMany() {
  const { app } = readDefinition({ definition, environment, loginName: 'ada', assignments: ['tag=1'] })
  assert.ok(app)
  return compile(app, { environment })
}

test('500 components compile, each with its own service, and are compared', () => {
  const { stack, faults } = compileMany()
  assert.deepEqual(faults, [])
  const kinds = Map.groupBy(Object.values(stack.services), ({ deploy }) => deploy.labels['dogfood.kind'])
  assert.equal(kinds.get('component')?.length, 500)
  assert.ok((kinds.get('balancer')?.length ?? 0) > 100)
  assert.deepEqual(diff(readStack(printStack(stack)), stack), [])
})

// The goal is a second; a machine that is busy with other tests may take more.
test('that takes a few seconds at most', { timeout: 10_000 }, () => {
  const start = performance.now()
  printStack(compileMany().stack)
  assert.ok(performance.now() - start < 5000)
})
