import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayChange } from '../../../kit/compile/diff.ts'
import { printStack } from '../../../kit/compile/print.ts'
import type { Stack } from '../../../kit/compile/types.ts'
import { runningDiff } from '../../../kit/deploy/running-diff.ts'
import { STOPPED } from '../../../kit/deploy/stopped.ts'
import { specsOf } from '../../../kit/deploy/unchanged.ts'
import type { SwarmService } from '../../../kit/swarm/services.ts'
import { recorded } from './recorded.ts'
import { front, service, stackOf } from './stacks.ts'

const [web] = recorded('first').services
assert.ok(web)
const everywhere = { ...web, name: 'rec_front', component: 'site/front', mode: 'global' as const }
const global = front({ image: web.image, deploy: { ...service('site/front').deploy, mode: 'global' } })
const there: readonly SwarmService[] = [web, everywhere]
const stackWith = (replicas: number, over = {}): Stack =>
  stackOf({ front: global, web: service('site/web', { image: web.image, ...over }, replicas) })

/** What is told of a stack, where three instances were released. */
function lines(wanted: Stack, services: readonly SwarmService[]): string[] {
  const release = {
    ...{ id: '', number: 3, who: '', when: '', reason: '', environment: '' },
    ...{ stack: printStack(stackWith(3)), images: [], secrets: [], configs: [], specs: specsOf(there) },
  }
  return runningDiff('rec', wanted, { releases: [release], services }).map(sayChange)
}

const byHand = (service: SwarmService, constraints: readonly string[]): SwarmService => ({
  ...service,
  spec: {
    ...service.spec,
    TaskTemplate: { ...service.spec.TaskTemplate, Placement: { Constraints: constraints } },
  },
})
const DIFFERS = 'site/web: differs from what the release left (restarts)'

test('instances are those that run, not those of the release', () => {
  assert.deepEqual(lines(stackWith(3), there), [])
  const six = [{ ...web, replicas: 6 }, everywhere]
  assert.deepEqual(lines(stackWith(6), six), [])
  assert.deepEqual(lines(stackWith(3), six), ['site/web: scale 6 -> 3'])
})

test('what was changed since the release is told, once, and as a restart', () => {
  const changed = [byHand(web, ['node.role == worker']), everywhere]
  assert.deepEqual(lines(stackWith(3), changed), [DIFFERS])
  assert.deepEqual(lines(stackWith(4), changed), ['site/web: scale 3 -> 4', DIFFERS])
  const image = `site/web: image ${web.image} -> new:1 (restarts)`
  assert.deepEqual(lines(stackWith(3, { image: 'new:1' }), changed), [image])
})

test('an image that somebody put there is told as it is', () => {
  const other = { ...byHand(web, []), image: 'other:1' }
  const told = [`site/web: image other:1 -> ${web.image} (restarts)`]
  assert.deepEqual(lines(stackWith(3), [other, everywhere]), told)
})

test('what is stopped starts, and is no restart', () => {
  const stopped = [{ ...web, replicas: 0 }, byHand(everywhere, [STOPPED])]
  assert.deepEqual(lines(stackWith(3), stopped), [
    `site/front: placement constraints ["${STOPPED}"] -> none`,
    'site/web: scale 0 -> 3',
  ])
})

test('a service that somebody removed is added, and one that no release has is removed', () => {
  const odd = { ...web, name: 'rec_odd', component: 'site/odd' }
  const job = { ...odd, name: 'rec_web-run-1', kind: 'run' }
  assert.deepEqual(lines(stackWith(3), [everywhere, odd, job]), [
    `site/web: component added ${web.image}`,
    `site/odd: component removed ${web.image} -> none`,
  ])
})

test('another name for the same image is told by nobody', () => {
  const { deploy } = service('site/web')
  const labels = { ...deploy.labels, 'dogfood.image': 'registry:5000/app:2' }
  assert.deepEqual(lines(stackWith(3, { deploy: { ...deploy, replicas: 3, labels } }), there), [])
})
