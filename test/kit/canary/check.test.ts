import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advance } from '../../../kit/canary/advance.ts'
import { decodeCanary, encodeCanary } from '../../../kit/canary/canary-json.ts'
import { MOST_CHECKS, printable, readCheck, readChecks, sayCheck } from '../../../kit/canary/check.ts'
import type { CanaryEvent } from '../../../kit/canary/event.ts'
import { readTerms } from '../../../kit/canary/options.ts'
import { Failure } from '../../../kit/failure.ts'
import { after, at, canary } from './canaries.ts'

const failed: CanaryEvent = { kind: 'check-failed', reason: 'check 1 of 1 failed: true', evidence: ['1'] }
const started = after(canary(), [0, { kind: 'ready' }])

test('a check is the address of a hook, or the words of a command', () => {
  assert.deepEqual(readCheck('HTTPS://ci.example.com/canary?key=s3cret'), {
    kind: 'hook',
    url: 'https://ci.example.com/canary?key=s3cret',
  })
  assert.deepEqual(readCheck(`node app/check.ts --of "two words" $HOME '*'`), {
    kind: 'command',
    words: ['node', 'app/check.ts', '--of', 'two words', '$HOME', '*'],
  })
  for (const text of ['', '  ', `node 'app`, '""', 'http://', 'https://a:b@c/', 'x'.repeat(501)])
    assert.equal(readCheck(text), undefined, text)
})

test('what is told of a check has no secret of its address', () => {
  assert.equal(
    sayCheck('https://ci.example.com:8443/canary?key=s3cret#s3cret'),
    'https://ci.example.com:8443/canary',
  )
  assert.equal(sayCheck('https://ann:s3cret@ci.example.com/'), 'https://ci.example.com/')
  assert.equal(sayCheck('https://s3cret@:1'), 'an address')
  assert.equal(sayCheck('node\n check'), 'node check')
})

test('what a check wrote steers no terminal', () => {
  assert.equal(printable('\u001b[31mred\u001b[0m\r\n\tand \u202eback\u0000'), '[31mred [0m and back')
})

test('a check that cannot be run is refused, and its secret is not shown', () => {
  for (const [texts, says] of [
    [['https://ann:s3cret@ci.example.com/?s3cret'], /ci\.example\.com\/ has a user/],
    [['https://s3cret@:1'], /is not understood/],
    [[`node 'app`], /node 'app is not understood/],
    [Array(MOST_CHECKS + 1).fill('true'), /given 6 times/],
  ] as const)
    assert.throws(
      () => readChecks(texts),
      (error) =>
        error instanceof Failure &&
        error.kind === 'usage' &&
        says.test(error.message) &&
        !`${error.message} ${error.todo}`.includes('s3cret'),
    )
})

test('terms have the checks that were typed', () => {
  assert.deepEqual(readTerms({ check: ['true', 'https://a/'] }).checks, ['true', 'https://a/'])
  assert.equal('checks' in readTerms({ check: [] }), false)
})

test('a state with checks is read as it was written, and one without as a kit of before wrote it', () => {
  const state = canary({ checks: ['node app/check.ts', 'https://ci.example.com/canary?key=1'] })
  assert.deepEqual(decodeCanary(encodeCanary(state)), state)
  assert.deepEqual(
    [JSON.parse(encodeCanary(state)).format, JSON.parse(encodeCanary(canary())).format],
    [2, 1],
  )
  assert.throws(() => encodeCanary(canary({ checks: ['https://a:b@c/'] })), /checks\.0/)
  assert.throws(() => encodeCanary(canary({ checks: Array(6).fill('true') })), /checks/)
})

test('a check that fails takes the canary back where it goes on by itself, with why', () => {
  const holding = after(started, [1, { kind: 'set', percent: 100 }])
  for (const state of [canary(), started, holding]) {
    const { phase } = after(state, [10, failed])
    assert.ok(phase.kind === 'aborting')
    assert.deepEqual([phase.reason, phase.evidence], ['check 1 of 1 failed: true', ['1']])
  }
  for (const wish of ['pause', 'promote'] as const)
    assert.equal(advance(after(started, [1, { kind: wish }]), failed, at(10)).kind, 'unchanged', wish)
})
