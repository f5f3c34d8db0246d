import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { candidates } from '../../../kit/cli/candidates.ts'
import { run } from '../../../kit/cli/run.ts'
import { verbs } from '../../../kit/commands/index.ts'
import { screen } from './screen.ts'

const names = {
  environments: () => ['shop/production', 'shop/testing'],
  components: () => ['site', 'site/web', 'site/worker'],
}
const after = (line: string): string[] => candidates(line.split(' '), verbs, names)

test('a verb is completed, and its second word', () => {
  assert.deepEqual(
    after('sta').filter((word) => word.startsWith('stat')),
    ['status', 'stats'],
  )
  assert.ok(after('').includes('doctor'))
  assert.deepEqual(after('--env shop/testing doct'), ['doctor'])
  assert.ok(after('secrets ').includes('list'))
  assert.deepEqual(after('help ke'), ['keys'])
  assert.deepEqual(after('completion z'), ['zsh'])
})

test('names of the app are completed where they belong', () => {
  assert.deepEqual(after('logs -f site/w'), ['site/web', 'site/worker'])
  assert.deepEqual(after('--env '), ['shop/production', 'shop/testing'])
  assert.deepEqual(after('status -e shop/t'), ['shop/testing'])
  assert.deepEqual(after('compile shop/p'), ['shop/production'])
})

test('options are those of the verb', () => {
  assert.deepEqual(after('logs --fo'), ['--follow'])
  assert.deepEqual(after('status --fo'), [])
})

test('a command after -- is left to the shell', () => {
  assert.deepEqual(after('exec site/web -- l'), [])
})

for (const shell of ['bash', 'zsh', 'fish']) {
  test(`the completion for ${shell} asks the command, in the language of the shell`, async () => {
    const { told, context } = screen()
    assert.equal(await run(['completion', shell], context), 0)
    assert.match(told.said, /swarm completion words -- /)
    const isHere = spawnSync(shell, ['-c', 'true']).error === undefined
    if (isHere) assert.equal(spawnSync(shell, ['-n'], { input: told.said }).status, 0)
  })
}

test('bash completes with what the command says', async () => {
  const bin = join(import.meta.dirname, '../../../kit')
  const script = `
    swarm() { ${join(bin, 'swarm.mjs')} "$@"; }
    source <(swarm completion bash)
    COMP_WORDS=(swarm stat) COMP_CWORD=1
    _swarm
    echo "\${COMPREPLY[@]}"`
  assert.equal(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout, 'status stats\n')
})

test('another shell is refused', async () => {
  const { context } = screen()
  assert.equal(await run(['completion', 'csh'], context), 2)
})
