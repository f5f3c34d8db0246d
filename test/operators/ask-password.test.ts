import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { until } from '../until.ts'

const root = join(import.meta.dirname, '../..')
// util-linux's `script` gives a program a terminal; other systems' take other options.
const skip =
  process.platform !== 'linux' || !existsSync('/usr/bin/script') ? 'needs script of util-linux' : false

/** Types each line when the terminal shows its question; all that the terminal showed. */
async function typeInto(file: string, answers: readonly (readonly [question: string, typed: string])[]) {
  const command = `'${process.execPath}' app/operator.ts add ann --file '${file}'`
  const child = spawn('/usr/bin/script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: root,
    env: { PATH: process.env.PATH },
  })
  const ended = once(child, 'exit')
  let shown = ''
  child.stdout.on('data', (chunk) => {
    shown += chunk
  })
  for (const [question, typed] of answers) {
    await until(async () => shown.includes(question), `${question}, shown: ${shown}`)
    child.stdin.write(typed)
  }
  const [status] = await ended
  return { shown, status }
}

test('on a terminal the password is asked for twice and never shown', { skip }, async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dogfood-operators-')), 'operators.txt')
  const typed = 'a long enough password\r'
  const { shown, status } = await typeInto(file, [
    ['Password: ', typed],
    ['The same again: ', typed],
  ])
  assert.equal(status, 0, shown)
  assert.doesNotMatch(shown, /long enough/)
  assert.match(readFileSync(file, 'utf8'), /^ann:scrypt/)
})

test('two passwords that differ make no operator, nor does leaving', { skip }, async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dogfood-operators-')), 'operators.txt')
  const differing = await typeInto(file, [
    ['Password: ', 'a long enough password\r'],
    ['The same again: ', 'another long password\r'],
  ])
  assert.equal(differing.status, 1)
  assert.match(differing.shown, /The two passwords differ/)
  for (const leave of ['\u0003', '\u0004']) {
    const left = await typeInto(file, [['Password: ', leave]])
    assert.equal(left.status, 1)
    assert.match(left.shown, /No password given/)
  }
  assert.equal(existsSync(file), false)
})
