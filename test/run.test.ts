import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

const runner = (...args: string[]) =>
  spawnSync('env', ['-u', 'NODE_TEST_CONTEXT', process.execPath, 'test/run.ts', ...args], {
    encoding: 'utf8',
  })

test('the test files are listed, with and without those that need the lab', () => {
  const all = runner('--list').stdout.split('\n')
  const unit = runner('--list', '--unit').stdout.split('\n')
  assert.ok(all.includes('test/lab/docker.lab.test.ts') && all.includes('test/run.test.ts'))
  assert.ok(unit.includes('test/run.test.ts') && !unit.some((file) => file.endsWith('.lab.test.ts')))
})

test('long tests are run and listed only when they are asked for', () => {
  const long = runner('--list', '--long').stdout.trim().split('\n')
  assert.ok(long.includes('test/rollout/twenty-rollouts.long.test.ts'))
  assert.ok(long.every((file) => file.endsWith('.long.test.ts')))
  assert.doesNotMatch(runner('--list').stdout, /\.long\.test\.ts/)
})

test('one part of the tests runs by itself, and the last line sums it up', () => {
  const { status, stdout } = runner('--unit', '--only', 'lab/machine')
  assert.equal(status, 0)
  assert.match(stdout, /ℹ pass 2\n[\s\S]*\n2 passed, 0 failed\n$/)
})

test('a pattern that fits no test file is a mistake that says so', () => {
  const { status, stdout } = runner('--only', 'nowhere')
  assert.equal(status, 1)
  assert.match(stdout, /"nowhere".*--list/)
})

test('the counts of only a part of the tests are not written', () => {
  for (const part of ['--unit', '--long', '--only=lab/machine']) {
    const { status, stdout } = runner('--write', part)
    assert.equal(status, 1)
    assert.match(stdout, /--write counts every test/)
  }
})
