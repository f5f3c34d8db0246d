import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandError, run, succeeds } from './command.ts'

test('a command answers with what it prints, and reads its input', async () => {
  assert.equal(await run('cat', [], { input: 'swarm\n' }), 'swarm')
})

test('a failed command says its name, its exit and its last words', async () => {
  await assert.rejects(run('sh', ['-c', 'echo no such thing >&2; exit 3']), (error: CommandError) => {
    assert.ok(error instanceof CommandError)
    assert.equal(error.exit, 3)
    assert.match(error.message, /^sh -c .*: exit 3\nno such thing$/)
    return true
  })
})

test('a command that is not there is an error, not a crash', async () => {
  assert.equal(await succeeds('/nowhere/at/all', []), false)
})

test('a command that hangs is ended by its time limit', async () => {
  await assert.rejects(run('sleep', ['600'], { timeout: 100 }), /time limit/)
})
