import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patiently } from '../../../kit/deploy/watch/patience.ts'
import { CommandError } from '../../../kit/docker.ts'
import { Failure } from '../../../kit/failure.ts'

const failed = (line: string): CommandError => new CommandError('docker', ['node', 'ls'], 'exit 1', [line])

/** Work that fails with these errors, one after the other, and then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors]
  const calls = { count: 0 }
  const work = async () => {
    calls.count++
    const error = left.shift()
    if (error) throw error
    return 'done'
  }
  return { work, calls }
}

test('what fails for a moment is done again', async () => {
  const { work, calls } = failing(failed('no leader'), failed('no leader'))
  assert.equal(await patiently(work), 'done')
  assert.equal(calls.count, 3)
})

test('a swarm that is silent for too long is told, with what docker said', async () => {
  const { work } = failing(failed('no leader'), failed('timeout'), failed('timeout'))
  await assert.rejects(
    patiently(work, 300),
    (error) =>
      error instanceof Failure &&
      error.kind === 'unreachable' &&
      error.lines.join('\n') === '"docker node ls" exit 1\ntimeout',
  )
})

test('what the swarm refuses, and what is wrong here, is thrown at once', async () => {
  for (const error of [
    failed('rpc error: code = AlreadyExists desc = config a already exists'),
    failed('rpc error: code = InvalidArgument desc = config data must be larger than 0'),
    new TypeError('no function'),
  ]) {
    const { work, calls } = failing(error)
    await assert.rejects(patiently(work), error)
    assert.equal(calls.count, 1)
  }
})
