import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import type { Stack } from '../../../kit/compile/types.ts'
import type { Release } from '../../../kit/deploy/release.ts'
import { changedKeys, isRunning, specHash, specsOf } from '../../../kit/deploy/unchanged.ts'
import { recorded } from './recorded.ts'
import { service, stackOf } from './stacks.ts'

const { services } = recorded('first')
const [running] = services
assert.ok(running)

const wanted = (over = {}): Stack =>
  stackOf({
    web: service('site/web', { secrets: [{ source: 'token', target: 'token', mode: 0o444 }], ...over }, 3),
  })

const release: Release = {
  number: 1,
  who: '',
  when: '',
  reason: '',
  environment: '',
  stack: printStack(wanted()),
  images: [],
  secrets: [],
  configs: [],
  specs: specsOf(services),
}

test('the same stack on untouched services is running', () => {
  assert.equal(isRunning('rec', wanted(), release, services), true)
  assert.deepEqual([...changedKeys('rec', wanted(), release, services)], [])
})

test('a changed image, a changed number, a missing service and a first deploy are not', () => {
  const [scaled, image] = [stackOf({ web: service('site/web', {}, 4) }), wanted({ image: 'other' })]
  for (const stack of [scaled, image]) assert.equal(isRunning('rec', stack, release, services), false)
  assert.equal(isRunning('rec', wanted(), release, []), false)
  assert.equal(isRunning('rec', wanted(), undefined, services), false)
})

test('what somebody changed by hand is put right: the swarm has another spec than the release left', () => {
  const byHand = recorded('updating').services
  assert.equal(isRunning('rec', wanted(), release, byHand), false)
  assert.deepEqual([...changedKeys('rec', wanted(), release, byHand)], ['web'])
})

test('a new content of a secret changes those that have it', () => {
  const rotated = { ...wanted(), secrets: { token: { external: true as const, name: 'app-lab_token-2' } } }
  assert.deepEqual([...changedKeys('rec', rotated, release, services)], ['web'])
})

test('numbers of instances and forced restarts are no change of a spec', () => {
  const { spec } = running
  const scaled = {
    ...spec,
    Mode: { Replicated: { Replicas: 9 } },
    TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 3 },
  }
  assert.equal(specHash(scaled), specHash(spec))
  assert.notEqual(specHash({ ...spec, Mode: { Global: {} } }), specHash(spec))
})
