import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import type { Stack } from '../../../kit/compile/types.ts'
import { besidesOwn, withOwnOf } from '../../../kit/deploy/own-control.ts'
import { releasedScale } from '../../../kit/deploy/released-scale.ts'
import type { KeptRelease } from '../../../kit/deploy/releases.ts'
import { definitionOf } from '../../../kit/deploy/run.ts'
import { screen } from '../cli/screen.ts'
import { service, stackOf } from './stacks.ts'

const caller = { stack: 'rec', environment: 'org/env', who: 'ci (api)' }

const withControl = (image: string): Stack =>
  stackOf({
    web: service('site/web', { image }),
    control: service('site/control', { image, environment: { CONTROL_STACK: 'rec' } }),
  })

test('who works for somebody leaves itself as it is, and says so', () => {
  const { told, context } = screen({ caller })
  const { services } = withOwnOf(withControl('app:1'), withControl('app:2'), context)
  assert.deepEqual([services.web?.image, services.control?.image], ['app:2', 'app:1'])
  assert.equal(told.said, 'site/control does this, and stays as it is.\n')
})

test('where it is the same, or an operator works, nothing is held back', () => {
  const [old, other] = [withControl('app:1'), withControl('app:2')]
  const { told, context } = screen({ caller })
  assert.equal(withOwnOf(old, withControl('app:1'), context).services.control?.image, 'app:1')
  assert.equal(withOwnOf(old, other, screen().context), other)
  assert.equal(told.said, '')
})

test('a control that is gone from the release it returns to stays, too', () => {
  const before = stackOf({ web: service('site/web') })
  const stack = withOwnOf(withControl('app:1'), before, screen({ caller }).context)
  assert.deepEqual(Object.keys(stack.services).sort(), ['control', 'web'])
})

test('of all components it takes the others; itself alone is refused', () => {
  const stack = withControl('app:1')
  const both = ['site/web', 'site/control']
  const { context } = screen({ caller })
  assert.deepEqual(besidesOwn(both, stack, context), ['site/web'])
  assert.deepEqual(besidesOwn([], stack, context), [])
  assert.throws(() => besidesOwn(['site/control'], stack, context), /cannot replace or end itself/)
  assert.deepEqual(besidesOwn(['site/control'], stack, screen().context), ['site/control'])
})

test('without a definition the release says how many instances there may be', () => {
  const { deploy } = service('site/web', {}, 2)
  const scaled = { deploy: { ...deploy, labels: { ...deploy.labels, 'dogfood.scale': '1-6' } } }
  const stack = stackOf({ web: service('site/web', scaled), worker: service('site/worker', {}, 3) })
  const release = { stack: printStack(stack) } as KeptRelease
  const [{ components } = { components: [] }] = releasedScale({ releases: [release] }).services
  assert.deepEqual(
    components.map(({ fullName, scale }) => [fullName, scale.min, scale.max]),
    [
      ['site/web', 1, 6],
      ['site/worker', 3, 3],
    ],
  )
})

test('what needs the definition says so', () => {
  assert.throws(() => definitionOf({}), /needs swarm\.json/)
})
