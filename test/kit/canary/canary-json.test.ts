import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCanary, encodeCanary, stateName } from '../../../kit/canary/canary-json.ts'
import { Failure } from '../../../kit/failure.ts'
import { after, canary, worse } from './canaries.ts'

const changed = (change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(encodeCanary(canary())), ...change })

test('a state is read as it was written', () => {
  const state = after(
    canary({
      allow: [
        { kind: 'address', address: '2001:db8::', bits: 32 },
        { kind: 'header', name: 'X-Side', value: 'blue' },
      ],
    }),
    [0, { kind: 'ready' }],
    [1, worse],
  )
  assert.deepEqual(decodeCanary(encodeCanary(state)), state)
})

test('a state of a newer kit says so', () => {
  assert.throws(
    () => decodeCanary(changed({ format: 3, more: true })),
    (error) =>
      error instanceof Failure && error.kind === 'refused' && /newer kit: .*format 3/.test(error.message),
  )
})

const broken: readonly (readonly [text: string, place: RegExp])[] = [
  ['{', /all of it/],
  ['null', /all of it/],
  [changed({ more: true }), /all of it/],
  [changed({ image: 'webapp:1.4' }), /: image\./],
  [changed({ steps: [5, 1, 100] }), /: steps\./],
  [changed({ steps: [1, 5] }), /: steps\./],
  [changed({ salt: 'a b' }), /: salt\./],
  [changed({ phase: { kind: 'resting' } }), /: phase\./],
  [changed({ phase: { kind: 'stepping', index: 5, since: '2026-11-21T18:00:00.000Z' } }), /phase\.index/],
  [changed({ allow: [{ kind: 'address', address: '10.0.0.0', bits: 40 }] }), /: allow\.0\./],
  [changed({ allow: [{ kind: 'cookie', name: 'a', value: 'b"; return 200' }] }), /: allow\.0\./],
]

for (const [text, place] of broken)
  test(`what is no state is not read: ${text.slice(0, 20)} ${place.source}`, () => {
    assert.throws(
      () => decodeCanary(text),
      (error) => error instanceof Failure && place.test(error.message) && error.todo.length > 0,
    )
  })

test('what could not be read is not written', () => {
  assert.throws(() => encodeCanary(canary({ component: '' })), Failure)
})

test('a state has a name of its own', () => {
  assert.equal(stateName('dogfood-production', 17), 'dogfood-production_canary-17')
})
