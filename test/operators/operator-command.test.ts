import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { checkOperator } from '../../app/operators/check-operator.ts'

const root = join(import.meta.dirname, '../..')
const newFile = () => join(mkdtempSync(join(tmpdir(), 'dogfood-operators-')), 'operators.txt')

function run(input: string, ...words: string[]) {
  const options = { cwd: root, env: { PATH: process.env.PATH }, encoding: 'utf8', input } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['app/operator.ts', ...words], options)
  return { status, stdout, stderr }
}

test('an operator who was added can sign in where OPERATORS_FILE names the file', async () => {
  const file = newFile()
  const { status, stdout, stderr } = run('a long enough password\n', 'add', 'ann', '--file', file)
  assert.equal(status, 0, stderr)
  assert.equal(readFileSync(file, 'utf8'), stdout)
  assert.match(stdout, /^ann:scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}\n$/)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(stderr.includes(`OPERATORS_FILE=${file}`), stderr)
  const { operators } = readConfig({ NODE_ENV: 'test', OPERATORS_FILE: file })
  const check = checkOperator(operators)
  assert.equal((await check('ann', 'a long enough password'))?.name, 'ann')
  assert.equal(await check('ann', 'another long password'), undefined)
})

test('adding a name again gives it a new password and leaves the other lines alone', () => {
  const file = newFile()
  run('a long enough password\n', 'add', 'ann', '--file', file)
  const [ann = ''] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, `# the office\n${ann}\n${ann.replace('ann:', 'anna:')}\n`)
  const { status, stderr } = run('another long password', 'add', 'ann', '--file', file)
  assert.equal(status, 0)
  assert.match(stderr, /ann has a new password/)
  const [comment, anna, again, end] = readFileSync(file, 'utf8').split('\n')
  assert.deepEqual([comment, anna, end], ['# the office', ann.replace('ann:', 'anna:'), ''])
  assert.match(again ?? '', /^ann:/)
  assert.notEqual(again, ann)
})

test('operators are listed and removed by name', () => {
  const file = newFile()
  run('a long enough password', 'add', 'ann', '--file', file)
  run('a long enough password', 'add', 'bob', '--file', file)
  assert.equal(run('', 'list', '--file', file).stdout, 'ann\nbob\n')
  assert.equal(run('', 'remove', 'ann', '--file', file).status, 0)
  assert.equal(run('', 'list', '--file', file).stdout, 'bob\n')
  const { status, stderr } = run('', 'remove', 'ann', '--file', file)
  assert.equal(status, 1)
  assert.match(stderr, /has no operator "ann"/)
})

test('a short password, a wrong name and a file of something else are refused, and nothing is written', () => {
  const file = newFile()
  const short = run('elevenchars', 'add', 'ann', '--file', file)
  assert.equal(short.status, 1)
  assert.match(short.stderr, /11 characters. Choose one of 12 or more/)
  assert.match(run('a long enough password', 'add', 'Ann:', '--file', file).stderr, /no name for an operator/)
  assert.throws(() => statSync(file), /ENOENT/)
  writeFileSync(file, 'shopping list\n')
  const { status, stderr } = run('a long enough password', 'add', 'ann', '--file', file)
  assert.equal(status, 1)
  assert.match(stderr, /does not hold lines of NAME:HASH/)
  assert.equal(readFileSync(file, 'utf8'), 'shopping list\n')
  assert.match(
    run('a long enough password', 'add', 'ann', '--file', join(file, 'x')).stderr,
    /cannot be read \(ENOTDIR\)/,
  )
})

test('a command that is none is answered with the usage', () => {
  for (const words of [[], ['add'], ['add', 'ann', 'bob'], ['make', 'ann'], ['list', '--colour']]) {
    const { status, stderr } = run('', ...words)
    assert.equal(status, 2)
    assert.match(stderr, /^Usage: npm run operator/)
  }
})
