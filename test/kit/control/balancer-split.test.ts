import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addSplit,
  READ_SPLIT,
  setSplit,
  splitResult,
  wordFor,
  wordIn,
} from '../../../kit/control/balancer-split.ts'
import { Failure } from '../../../kit/failure.ts'

const word = '1~17~c7~5~k3f9a1~10.0.0.0/8,cookie:side=blue'

test('a word is set by one line, and read by another', () => {
  assert.equal(setSplit(word), `set map /tmp/split.map split ${word}`)
  assert.equal(addSplit('none'), 'add map /tmp/split.map split none')
  assert.equal(READ_SPLIT, 'show map /tmp/split.map')
  assert.equal(wordIn(`0x7f3c5c02b6f0 split ${word}\n\n`), word)
  assert.equal(wordIn('\n'), 'none')
  assert.equal(wordIn(`0x7f3c5c02b6f0 other ${word}\n\n`), 'none')
})

test('nothing but a word gets into a line', () => {
  for (const other of ['', 'a b', 'none;disable frontend site', 'none\nshow info', '<<', 'a\\ b', '"a"', '#'])
    assert.throws(() => setSplit(other), Failure, other)
  assert.throws(() => addSplit('x'.repeat(2049)), Failure)
})

test('what HAProxy says to it is understood', () => {
  assert.equal(splitResult('\n'), 'done')
  assert.equal(splitResult('entry not found.\n\n'), 'no word yet')
  assert.equal(splitResult('Unknown map identifier. Please use #<id> or <file>.\n\n'), 'refused')
})

test('a balancer keeps a newer word, and of two of one number the stricter', () => {
  const aborted = '1~17~c7~0~k3f9a1~'
  const later = word.replace('~17~', '~18~')
  for (const [has, offered, expected] of [
    [word, word, undefined],
    ['none', word, word],
    [word, 'none', 'none'],
    ['none', 'none', undefined],
    [word, later, later],
    [later, word, undefined],
    [word, aborted, aborted],
    [aborted, word, undefined],
    ['2~of~a~newer~kit', word, word],
  ] as const)
    assert.equal(wordFor(has, offered), expected, `${has} ${offered}`)
})
