import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAllowRule } from '../../../kit/canary/allow-rule.ts'
import { MOST_RULES } from '../../../kit/canary/option-values.ts'
import {
  decodeSides,
  encodeSides,
  MOST_SIDES,
  newerSides,
  type Sides,
  sidesOf,
} from '../../../kit/canary/sides.ts'
import { Failure } from '../../../kit/failure.ts'
import { after, canary, worse } from './canaries.ts'

const rules = ['10.0.0.0/8', '2001:db8::/32', 'cookie:side=blue', 'header:X-Side=1.4-b_c'] as const
const allow = rules.flatMap((rule) => readAllowRule(rule) ?? [])
const tested = after(canary({ allow }), [0, { kind: 'ready' }])
const sides = sidesOf(tested, 17)

test('balancers get one word, and read it as it was meant', () => {
  const text = encodeSides(sides)
  assert.equal(text, `1~17~c7~1~k3f9a1~${rules.join(',')}`)
  assert.deepEqual(decodeSides(text), sides)
  const bare = sidesOf(canary(), 1)
  assert.equal(encodeSides(bare), '1~1~c7~0~k3f9a1~')
  assert.deepEqual(decodeSides(encodeSides(bare)), bare)
})

test('the longest that can be typed has room, and needs no quotes', () => {
  const longest = readAllowRule(`header:${'X'.repeat(64)}=${'y'.repeat(64)}`)
  assert.ok(longest)
  const most: Sides = {
    version: 999_999_999_999_999,
    id: 'i'.repeat(32),
    percent: 99.99,
    salt: 's'.repeat(64),
    allow: Array(MOST_RULES).fill(longest),
  }
  const text = encodeSides(most)
  assert.match(text, /^[A-Za-z0-9~,:=/._-]+$/)
  assert.ok(text.length <= MOST_SIDES)
  assert.deepEqual(decodeSides(text), most)
  assert.throws(() => encodeSides({ ...most, allow: Array(20).fill(longest) }), Failure)
})

test('anything else is not read', () => {
  const text = encodeSides(sides)
  for (const other of [
    '',
    'old',
    `2${text.slice(1)}`,
    `${text},`,
    `${text} `,
    `${text}\n`,
    text.replace('~1~k', '~101~k'),
    text.replace('17', '0'),
  ])
    assert.throws(() => decodeSides(other), Failure, other)
})

test('a balancer refuses an older split, and of two of one number takes the stricter', () => {
  const later = sidesOf(tested, 18)
  assert.equal(newerSides(later, sides), later)
  assert.equal(newerSides(sides, later), later)
  const aborted = sidesOf(after(tested, [1, worse]), 17)
  assert.equal(newerSides(sides, aborted), aborted)
  assert.equal(newerSides(aborted, sides), aborted)
})
