import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandError } from './lab/command.ts'
import { docker } from './lab/docker.ts'

// A machine without Docker, and without root to install it.
const bare = (...args: string[]): Promise<string> =>
  docker(
    'run',
    '--rm',
    '--user',
    'node',
    '--volume',
    `${process.cwd()}:/project:ro`,
    '--workdir',
    '/project',
    ...args,
  )
const tests = ['node:26.10.0-slim', 'node', 'test/run.ts', '--only', 'lab/docker.lab']

test('tests that cannot run on a machine are named with the reason', async () => {
  const output = await bare('--env', 'CI=', ...tests)
  assert.match(output, /cannot run here: test\/lab\/docker\.lab\.test\.ts: no Docker daemon .*needs root/)
  assert.match(output, /\n0 passed, 0 failed$/)
})

test('with CI=true a test that cannot run is a failure', async () => {
  await assert.rejects(bare('--env', 'CI=true', ...tests), (error: CommandError) => error.exit === 1)
})
