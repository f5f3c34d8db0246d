import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { screen } from '../cli/screen.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

test('the state of an app takes eight questions, however many components it has', async (t) => {
  const { folder, env, asked } = recordedSwarm(t)
  const { told, context } = screen({ directory: folder, env })
  assert.equal(await run(['status', '--json'], context), 0, told.complained)
  assert.equal(JSON.parse(told.said).components.length, 8)
  const questions = asked().map((line) => line.split(' ').slice(0, 2).join(' '))
  assert.deepEqual(questions.sort(), [
    'config inspect',
    'config ls',
    'inspect --type',
    'node inspect',
    'node ls',
    'service inspect',
    'service ls',
    'stack ps',
  ])
})

test('status of some components tells of these alone', async (t) => {
  const { folder, env } = recordedSwarm(t)
  const { told, context } = screen({ directory: folder, env })
  assert.equal(await run(['status', 'stores'], context), 0)
  assert.match(told.said, /stores\/redisqueue/)
  assert.doesNotMatch(told.said, /site\/webapp/)
  assert.equal(await run(['status', 'none'], context), 1)
  assert.match(told.complained, /There is no component "none"/)
})

test('watching ends when it is interrupted', async (t) => {
  const { folder, env } = recordedSwarm(t)
  const { told, context } = screen({ directory: folder, env, interruption: AbortSignal.timeout(4000) })
  assert.equal(await run(['status', '--watch'], context), 0)
  assert.match(told.said, /^dogfood-production is failed/)
})
