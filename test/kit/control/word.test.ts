import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeSides } from '../../../kit/canary/sides.ts'
import type { Phase } from '../../../kit/canary/state.ts'
import { wordFor } from '../../../kit/control/balancer-split.ts'
import { wordOf } from '../../../kit/control/word.ts'
import { canary } from './parts.ts'

const since = new Date(0).toISOString()
const promoted: Phase = { kind: 'ended', result: 'promoted', since }
const aborted: Phase = { kind: 'ended', result: 'aborted', since, reason: 'worse', evidence: [] }
const holding: Phase = { kind: 'holding', since }

/** The word for states with the numbers 1, 2 and so on. */
const wordAfter = (...states: readonly (readonly [id: string, phase: Phase])[]): string =>
  wordOf(
    states.map(([id, phase], at) => {
      const number = at + 1
      return {
        number,
        canary: canary({ id, salt: 'k3f9a1', phase }),
        who: 'ada',
        when: since,
        id: `s${number}`,
      }
    }),
  )

test('the word names who gets the canary under way, or else the one that was promoted last', () => {
  assert.equal(wordAfter(), 'none')
  assert.equal(wordAfter(['a', holding]), '1~1~a~100~k3f9a1~')
  assert.equal(wordAfter(['a', holding], ['a', promoted]), '1~2~a~0~promoted~')
  assert.equal(wordAfter(['a', promoted], ['b', holding]), '1~2~b~100~k3f9a1~')
  assert.equal(wordAfter(['a', promoted], ['b', promoted]), '1~2~b~0~promoted~')
})

test('a canary that had all visitors and was aborted is no promoted one', () => {
  assert.equal(wordAfter(['a', holding], ['a', aborted]), 'none')
  assert.equal(wordAfter(['a', promoted], ['b', holding], ['b', aborted]), '1~3~a~0~promoted~')
})

test('a balancer takes each of these words after the one before', () => {
  const states = [
    ['a', holding],
    ['a', promoted],
    ['b', holding],
    ['b', aborted],
    ['c', holding],
    ['c', promoted],
  ] as const
  const words = states.map((_, at) => wordAfter(...states.slice(0, at + 1)))
  for (const [at, word] of words.entries()) assert.equal(wordFor(words[at - 1] ?? 'none', word), word, word)
  assert.equal(wordFor('1~5~c~100~k3f9a1~', words[5] ?? ''), words[5])
  assert.equal(wordFor(words[5] ?? '', '1~5~c~100~k3f9a1~'), undefined)
})

test('where only shares are known, it is a canary that nobody gets', () => {
  const word = wordAfter(['a', promoted])
  const { percent, allow } = decodeSides(word)
  assert.deepEqual([percent, allow], [0, []])
  const start = readFileSync(new URL('../../../haproxy/start.sh', import.meta.url), 'utf8')
  const [, form = ''] = /^WORD='(.+)'$/m.exec(start) ?? []
  assert.match(word, new RegExp(`^${form}$`))
})
