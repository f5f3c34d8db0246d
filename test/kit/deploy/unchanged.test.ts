import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import type { Stack } from '../../../kit/compile/types.ts'
import type { Release } from '../../../kit/deploy/release.ts'
import { withRunning } from '../../../kit/deploy/stack-parts.ts'
import { STOPPED } from '../../../kit/deploy/stopped.ts'
import { changedKeys, isRunning, specHash, specsOf } from '../../../kit/deploy/unchanged.ts'
import type { SwarmService } from '../../../kit/swarm/services.ts'
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
  assert.equal(isRunning('rec', { stack: wanted() }, release, services), true)
  assert.deepEqual([...changedKeys('rec', wanted(), release, services)], [])
})

test('a changed image, a changed number, a missing service and a first deploy are not', () => {
  const [scaled, image] = [stackOf({ web: service('site/web', {}, 4) }), wanted({ image: 'other' })]
  for (const stack of [scaled, image]) assert.equal(isRunning('rec', { stack }, release, services), false)
  assert.equal(isRunning('rec', { stack: wanted() }, release, []), false)
  assert.equal(isRunning('rec', { stack: wanted() }, undefined, services), false)
})

test('what somebody changed by hand is put right: the swarm has another spec than the release left', () => {
  const byHand = recorded('updating').services
  assert.equal(isRunning('rec', { stack: wanted() }, release, byHand), false)
  assert.deepEqual([...changedKeys('rec', wanted(), release, byHand)], ['web'])
})

test('a job of `swarm run` under way changes nothing of what is wanted', () => {
  const job = { ...running, name: 'rec_web-run-1', kind: 'run', mode: 'replicated-job' as const, replicas: 1 }
  assert.equal(isRunning('rec', { stack: wanted() }, release, [...services, job]), true)
  const byHand = { ...job, kind: '' }
  assert.equal(isRunning('rec', { stack: wanted() }, release, [...services, byHand]), false)
})

test('a service whose last update the swarm took back is not left alone, though it is as it was released', () => {
  const [back] = recorded('crash-back').services
  assert.ok(back)
  const before = { ...release, specs: specsOf([back]) }
  assert.equal(back.update?.state, 'rollback_completed')
  assert.equal(isRunning('rec', { stack: wanted() }, before, [back]), false)
  for (const state of ['updating', 'completed'] as const) {
    const well: SwarmService = { ...back, update: { state, message: '' } }
    assert.equal(isRunning('rec', { stack: wanted() }, before, [well]), true, state)
  }
  assert.deepEqual([...changedKeys('rec', wanted(), before, [back])], [], 'no instance is replaced')
})

test('what a release keeps tells whether it runs, and the numbers of instances are those of the moment', () => {
  const none = services.map((service) => ({ ...service, replicas: 0 }))
  const stack = withRunning('rec', wanted(), none, 'stays')
  assert.equal(isRunning('rec', { stack, kept: wanted() }, release, none), true)
  assert.equal(isRunning('rec', { stack: wanted() }, release, none), false)
})

test('a global service that is stopped does not run, even where an update left it so', () => {
  const [everywhere] = recorded('global').services
  assert.ok(everywhere)
  const { TaskTemplate } = everywhere.spec
  const Placement = { Constraints: [...(TaskTemplate.Placement?.Constraints ?? []), STOPPED] }
  const stopped = {
    ...everywhere,
    spec: { ...everywhere.spec, TaskTemplate: { ...TaskTemplate, Placement } },
  }
  const { deploy } = service('site/web')
  const stack = stackOf({ web: service('site/web', { deploy: { ...deploy, mode: 'global' } }) })
  const of = (services: readonly SwarmService[], wanted: Parameters<typeof isRunning>[1]) =>
    isRunning('rec', wanted, { ...release, stack: printStack(stack), specs: specsOf(services) }, services)
  assert.equal(of([everywhere], { stack }), true)
  assert.equal(of([stopped], { stack }), false)
  assert.equal(of([stopped], { stack: withRunning('rec', stack, [stopped], 'stays'), kept: stack }), true)
})

test('another name for the image of a service is a change that replaces no instance', () => {
  const { deploy } = service('site/web')
  const labels = { ...deploy.labels, 'dogfood.image': 'registry:5000/app:2' }
  const named = wanted({ deploy: { ...deploy, replicas: 3, labels } })
  assert.equal(isRunning('rec', { stack: named }, release, services), false)
  assert.deepEqual([...changedKeys('rec', named, release, services)], [])
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
