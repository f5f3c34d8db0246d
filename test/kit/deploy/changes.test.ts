import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stack } from '../../../kit/compile/types.ts'
import type { Strategy } from '../../../kit/definition/model.ts'
import { readDefinition } from '../../../kit/definition/read.ts'
import { retagged, updated, withDigests } from '../../../kit/deploy/change-images.ts'
import { dueComponents } from '../../../kit/deploy/due.ts'
import { scaleTo } from '../../../kit/deploy/scale.ts'
import { holds, secretName } from '../../../kit/deploy/secrets/secret-name.ts'
import { Failure } from '../../../kit/failure.ts'
import { recorded } from './recorded.ts'
import { service, stackOf } from './stacks.ts'

const text = JSON.stringify({
  app_name: 'app',
  services: [
    {
      service_name: 'site',
      components: [
        { component_name: 'web', image: 'web:1', scaling_policy: { min: 2, max: 6 } },
        { component_name: 'nightly', image: 'web:1', schedule: '30 3 * * *' },
      ],
    },
  ],
})
const { app } = readDefinition({
  definition: { file: 'swarm.json', text },
  environment: 'me/lab',
  loginName: 'ann',
})
assert.ok(app)
const components = app.services.flatMap((one) => one.components)
const { services } = recorded('first')

test('an update takes the newest image of a tag, or of another one', () => {
  assert.equal(retagged('registry:5000/app:1@sha256:aa', undefined), 'registry:5000/app:1')
  assert.equal(retagged('registry:5000/app:1@sha256:aa', '2'), 'registry:5000/app:2')
  assert.equal(retagged('registry:5000/app@sha256:aa', '2'), 'registry:5000/app:2')
})

const ofWeb = (strategy?: Strategy) => ({ tags: new Map([['site/web', '2']]), strategy })

test('an update changes what was named, with the strategy that was asked for, and nothing else', () => {
  const released = stackOf({ web: service('site/web'), other: service('site/other') })
  const { stack, kept } = updated('rec', released, [], ofWeb('hot-swap'))
  assert.equal(stack.services.web?.image, 'registry:5000/app:2')
  assert.equal(stack.services.web?.deploy.update_config?.parallelism, 0)
  assert.deepEqual(stack.services.other, released.services.other)
  const web = kept.services.web
  assert.deepEqual(
    [web?.image, web?.deploy.update_config],
    ['registry:5000/app:2', released.services.web?.deploy.update_config],
    'the strategy is for this time alone',
  )
  const pinned = withDigests(stack, new Map([['registry:5000/app:2', 'registry:5000/app:2@sha256:bb']]))
  assert.equal(pinned.services.web?.image, 'registry:5000/app:2@sha256:bb')
})

test('an update leaves what is stopped as it is, and its release has what it is to be once it starts', () => {
  const released = stackOf({ web: service('site/web', {}, 2), other: service('site/other', {}, 4) })
  const [running] = services
  assert.ok(running)
  const there = [
    { ...running, replicas: 3 },
    { ...running, name: 'rec_other', replicas: 0 },
  ]
  const { stack, kept } = updated('rec', released, there, ofWeb())
  const counts = ({ services }: Stack) => [services.web, services.other].map((one) => one?.deploy.replicas)
  assert.deepEqual(
    [counts(stack), counts(kept)],
    [
      [3, 0],
      [3, 4],
    ],
  )
})

test('an update asks for the tag that was written, where the same image runs by another', () => {
  const written = new Map([['registry:5000/app:second', 'registry:5000/app:first@sha256:aa']])
  const compiled = stackOf({ web: service('site/web', { image: 'registry:5000/app:second' }) })
  const released = withDigests(compiled, written)
  const tags = (tag?: string) => ({ tags: new Map([['site/web', tag]]), strategy: undefined })
  const asked = updated('rec', released, [], tags()).stack
  assert.deepEqual(asked, compiled)
  assert.deepEqual(withDigests(asked, written), released)
  const { stack } = updated('rec', released, [], tags('third'))
  const third = new Map([['registry:5000/app:third', 'registry:5000/app:third@sha256:bb']])
  assert.equal(withDigests(stack, third).services.web?.deploy.labels['dogfood.image'], undefined)
  const other = updated('rec', released, [], { tags: new Map(), strategy: undefined })
  const same = new Map([['registry:5000/app:first@sha256:aa', 'registry:5000/app:first@sha256:aa']])
  assert.deepEqual(withDigests(other.stack, same), released, 'what is not updated keeps it')
})

test('what cannot be there twice is not hot-swapped', () => {
  const { deploy } = service('site/web')
  const update_config = { ...deploy.update_config, order: 'stop-first' } as NonNullable<
    typeof deploy.update_config
  >
  const stack = stackOf({ web: service('site/web', { deploy: { ...deploy, update_config } }) })
  assert.throws(() => updated('rec', stack, [], ofWeb('hot-swap')), /site\/web cannot be hot-swapped/)
})

test('scaling means one more or less, or a number, of the only component that can be scaled', () => {
  assert.equal(scaleTo([], app, services, 'up').count, 4)
  assert.equal(scaleTo([], app, services, 'down').count, 2)
  assert.equal(scaleTo(['web=6'], app, services, 'up').count, 6)
  assert.equal(scaleTo(['site/web=2'], app, services, 'down').service.name, 'rec_web')
})

test('scaling past the policy, the wrong way, or of nothing is refused with what to do', () => {
  for (const [word, way] of [
    ['web=7', 'up'],
    ['web=1', 'down'],
    ['web=2', 'up'],
    ['web=x', 'up'],
    ['nightly', 'up'],
  ] as const)
    assert.throws(() => scaleTo([word], app, services, way), Failure, word)
})

test('a scheduled component is due in its minute, and within the minutes before', () => {
  const due = (time: string, minutes = 1) =>
    dueComponents(components, new Date(`2026-11-21T${time}Z`), minutes).map(({ name }) => name)
  assert.deepEqual(due('03:30:59'), ['nightly'])
  assert.deepEqual(due('03:31:00'), [])
  assert.deepEqual(due('03:34:00', 5), ['nightly'])
  assert.deepEqual(due('03:35:00', 5), [])
})

test('the name of a secret tells its content only to who knows the salt, and comes back as another one', () => {
  const content = Buffer.from('weak')
  const first = secretName('app-lab', 'token', content, 'salt', new Set())
  assert.match(first, /^app-lab_token-[0-9a-f]{12}$/)
  assert.equal(secretName('app-lab', 'token', content, 'salt', new Set()), first)
  assert.notEqual(secretName('app-lab', 'token', content, 'other salt', new Set()), first)
  const again = secretName('app-lab', 'token', content, 'salt', new Set([first]))
  assert.notEqual(again, first)
  assert.equal(holds(again, 'app-lab', 'token', content, 'salt', 2), true)
  assert.equal(holds(again, 'app-lab', 'token', Buffer.from('other'), 'salt', 2), false)
})
