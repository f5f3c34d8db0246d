import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOST_RULES } from '../../../kit/canary/option-values.ts'
import { readShare, readTarget, readTerms, type TypedTerms } from '../../../kit/canary/options.ts'
import { Failure } from '../../../kit/failure.ts'

test('what is left out has its default', () => {
  assert.deepEqual(readTerms({}), {
    steps: [1, 5, 25, 50, 100],
    holdMs: 120_000,
    limits: { errorsPercent: 1, p95Factor: 1.2 },
    allow: [],
    manual: false,
  })
})

test('terms are read as they are typed', () => {
  const typed = { steps: '0.5, 12.25%,60', hold: '90s', maxErrors: '0.25%', maxP95: '2x', manual: true }
  const allow = ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32', 'cookie:side=blue', 'header:X-Side=1.4']
  assert.deepEqual(readTerms({ ...typed, allow }), {
    steps: [0.5, 12.25, 60, 100],
    holdMs: 90_000,
    limits: { errorsPercent: 0.25, p95Factor: 2 },
    allow: [
      { kind: 'address', address: '10.0.0.0', bits: 8 },
      { kind: 'address', address: '192.0.2.1', bits: 32 },
      { kind: 'address', address: '2001:db8::', bits: 32 },
      { kind: 'cookie', name: 'side', value: 'blue' },
      { kind: 'header', name: 'X-Side', value: '1.4' },
    ],
    manual: true,
  })
  assert.equal(readTerms({ hold: '1h' }).holdMs, 3_600_000)
})

test('a target is a component and a tag', () => {
  assert.deepEqual(readTarget('site/webapp=1.4'), { component: 'site/webapp', tag: '1.4' })
  for (const word of ['webapp', 'webapp=', '=1.4', 'webapp=1.4=2', 'webapp=.4', 'web app=1'])
    assert.throws(() => readTarget(word), isUsage(/COMPONENT=TAG/), word)
})

test('a share is read with and without its sign', () => {
  assert.deepEqual(['10%', '12.5', '0%', '100%'].map(readShare), [10, 12.5, 0, 100])
  for (const word of ['', '%', '101%', '-1%', '1.234%', '1e1', 'ten'])
    assert.throws(() => readShare(word), isUsage(/12\.5%/), word)
})

const wrong: readonly (readonly [typed: TypedTerms, says: RegExp])[] = [
  ...['0,100', '5,101', '1,,5', 'x', '', '1.234'].map(
    (steps) => [{ steps }, /^--steps has ".*", which/] as const,
  ),
  ...['5,1', '5,5', '1,100,100'].map((steps) => [{ steps }, /^--steps has \d+ after a share/] as const),
  ...['100', '100%'].map((steps) => [{ steps }, /^--steps has 100 alone/] as const),
  ...['0s', '2', '2d', '-1m', '1.5m', ''].map((hold) => [{ hold }, /^--hold .*is no duration/] as const),
  ...['1', '101%', 'x%', '0.001%'].map((maxErrors) => [{ maxErrors }, /^--max-errors/] as const),
  ...['1.2', '0.9x', 'x', '1.234x'].map((maxP95) => [{ maxP95 }, /^--max-p95/] as const),
  ...[
    '10.0.0.0/33',
    '2001:db8::/129',
    '10.0.0/8',
    'cookie:a',
    'cookie:a=',
    'cookie:a-b=c',
    'header:X=a b',
    'header:X=a;b',
    'cookie:side=old',
    'side=blue',
    '',
  ].map((rule) => [{ allow: [rule] }, /^--allow .*is not understood/] as const),
  [{ allow: Array(MOST_RULES + 1).fill('10.0.0.0/8') }, /^--allow is given 13 times/],
]

for (const [typed, says] of wrong)
  test(`${JSON.stringify(typed).slice(0, 60)} is refused with what to write`, () => {
    assert.throws(
      () => readTerms(typed),
      (error) => isUsage(/^(?:Write|Give) /)(error) && says.test((error as Failure).message),
    )
  })

const isUsage =
  (todo: RegExp) =>
  (error: unknown): boolean =>
    error instanceof Failure && error.kind === 'usage' && todo.test(error.todo)
