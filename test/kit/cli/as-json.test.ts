import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asJson } from '../../../kit/cli/as-json.ts'
import type { Context } from '../../../kit/cli/context.ts'
import { run } from '../../../kit/cli/run.ts'
import { change } from '../../../kit/docker.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from './screen.ts'

async function jsonOf(isDry: boolean, act: (context: Context) => Promise<number>) {
  const { told, context } = screen()
  const exitCode = await asJson('up', isDry, context, act)
  return { exitCode, printed: JSON.parse(told.said) as unknown, complained: told.complained }
}

test('what was done is one document, and what is told on the way stays out of it', async () => {
  const { printed, complained } = await jsonOf(false, async ({ terminal, done }) => {
    done?.({ changes: ['webapp: image'] })
    terminal.say('Release 4 runs.\n')
    done?.({ changed: true, release: 4 })
    return 0
  })
  assert.deepEqual(printed, {
    verb: 'up',
    exitCode: 0,
    changes: ['webapp: image'],
    changed: true,
    release: 4,
  })
  assert.equal(complained, 'Release 4 runs.\n')
})

test('a failure is in the document, with its kind and what to do, and people can read it, too', async () => {
  const { exitCode, printed, complained } = await jsonOf(false, async ({ done }) => {
    done?.({ changes: ['webapp: image'] })
    throw new Failure('rolled back', 'webapp did not come up.', 'Mend it.', ['it says no'])
  })
  assert.equal(exitCode, 1)
  assert.deepEqual(printed, {
    verb: 'up',
    exitCode: 1,
    changes: ['webapp: image'],
    failure: {
      kind: 'rolled back',
      message: 'webapp did not come up.',
      lines: ['it says no'],
      todo: 'Mend it.',
    },
  })
  assert.match(complained, /did not come up/)
})

test('a dry run lists its commands', async () => {
  const { printed } = await jsonOf(true, async () => {
    await change({ args: ['secret', 'rm', 'one'] })
    return 0
  })
  assert.deepEqual(printed, { verb: 'up', exitCode: 0, commands: ['docker secret rm one'] })
})

test('a verb that changes something answers an unknown engine in JSON', async () => {
  const env = { PATH: process.env.PATH, DOCKER_HOST: 'unix:///nowhere/docker.sock' }
  const { told, context } = screen({ directory: `${import.meta.dirname}/../../..`, env })
  assert.equal(await run(['--env', 'dogfood/testing', 'prune', '--json'], context), 1)
  assert.partialDeepStrictEqual(JSON.parse(told.said), {
    verb: 'prune',
    exitCode: 1,
    failure: { kind: 'failed' },
  })
})
