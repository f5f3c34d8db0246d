import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phasesOf } from '../../../kit/deploy/phases.ts'
import { jobOf } from '../../../kit/deploy/run-once.ts'
import { awaitedOf, partOf, sameButScale, withRunning } from '../../../kit/deploy/stack-parts.ts'
import { STOPPED } from '../../../kit/deploy/stopped.ts'
import { recorded } from './recorded.ts'
import { front, service, stackOf } from './stacks.ts'

const web = (replicas = 3) =>
  service(
    'site/web',
    {
      networks: { 'front--web': { aliases: ['web'] } },
      secrets: [{ source: 'token', target: 'token', mode: 0o444 }],
    },
    replicas,
  )

test('a part of a stack has what its services need, and nothing more', () => {
  const part = partOf(stackOf({ front: front(), web: web() }), new Set(['web']))
  assert.deepEqual(Object.keys(part.services), ['web'])
  assert.deepEqual(Object.keys(part.networks), ['front--web'])
  assert.deepEqual(Object.keys(part.secrets), ['token'])
})

test('a stack that is put in place keeps the instances that run, and starts what is stopped', () => {
  const [running] = recorded('first').services
  assert.ok(running)
  const scaled = withRunning('rec', stackOf({ web: web(6) }), [running])
  assert.equal(scaled.services.web?.deploy.replicas, 3)
  const stopped = withRunning('rec', stackOf({ web: web(6) }), [{ ...running, replicas: 0 }])
  assert.equal(stopped.services.web?.deploy.replicas, 6)
})

test('what is stopped can stay so: without instances, or on no node where there is one on each', () => {
  const [running] = recorded('first').services
  const [everywhere] = recorded('global').services
  assert.ok(running && everywhere)
  const constrained = { constraints: ['node.labels.a == b'], max_replicas_per_node: 1 }
  const global = front({ deploy: { ...service('').deploy, mode: 'global', placement: constrained } })
  const { TaskTemplate } = everywhere.spec
  const spec = {
    ...everywhere.spec,
    TaskTemplate: { ...TaskTemplate, Placement: { Constraints: [STOPPED] } },
  }
  const services = [
    { ...running, replicas: 0 },
    { ...everywhere, name: 'rec_front', spec },
  ]
  const stack = stackOf({ front: global, new: web(2), web: web() })
  const stays = withRunning('rec', stack, services, 'stays')
  assert.deepEqual(stays.services.front?.deploy.placement, {
    ...constrained,
    constraints: [...constrained.constraints, STOPPED],
  })
  assert.deepEqual(awaitedOf('rec', stays), [
    { name: 'rec_front', count: 0 },
    { name: 'rec_new', count: 2 },
    { name: 'rec_web', count: 0 },
  ])
  assert.deepEqual(withRunning('rec', stack, services), stack, 'else it starts')
})

test('two stacks that differ in numbers of instances say the same, and in nothing else', () => {
  assert.equal(sameButScale(stackOf({ web: web(3) }), stackOf({ web: web(5) })), true)
  assert.equal(sameButScale(stackOf({ web: web() }), stackOf({ web: { ...web(), image: 'other' } })), false)
})

test('a job that is only started by hand is not waited for', () => {
  const job = service('site/job', { deploy: { ...service('').deploy, mode: 'replicated-job', replicas: 0 } })
  const everywhere = front({ deploy: { ...service('').deploy, mode: 'global' } })
  assert.deepEqual(awaitedOf('app', stackOf({ front: everywhere, job, web: web() })), [
    { name: 'app_front' },
    { name: 'app_web', count: 3 },
  ])
})

test('fronts that are there change first; on a first deploy, or alone, there is one phase', () => {
  const before = stackOf({ front: front(), web: web() })
  const now = stackOf({ front: front({ image: 'new' }), web: { ...web(), image: 'new' } })
  const phases = phasesOf(now, new Set(['front', 'web']), before)
  assert.deepEqual(
    phases.map(({ stack, prune }) => [Object.keys(stack.services), prune]),
    [
      [['front'], false],
      [['front', 'web'], true],
    ],
  )
  assert.equal(phasesOf(now, new Set(['front', 'web']), undefined).length, 1)
  assert.equal(phasesOf(now, new Set(['front']), before).length, 1)
  assert.equal(phasesOf(now, new Set(['web']), before).length, 1)
})

test('a front that asks somebody new waits until that one is there', () => {
  const before = stackOf({ front: front(), web: web() })
  const now = stackOf({
    front: front({ networks: { 'front--web': {}, other: {} } }),
    web: { ...web(), image: 'new' },
  })
  assert.equal(phasesOf(now, new Set(['front', 'web']), before).length, 1)
})

test('what runs once beside a component has its image, secrets and limits, and none of its names or ports', () => {
  const limited = { ...service('').deploy, resources: { limits: { memory: '64m' } } }
  const { job, part } = jobOf(stackOf({ web: front({ ...web(), deploy: limited }) }), 'web', ['ls'])
  const once = part.services[job]
  assert.match(job, /^web-run-[0-9a-f]{8}$/)
  assert.deepEqual([once?.image, once?.command], [web().image, ['ls']])
  assert.deepEqual([once?.networks, once?.ports], [{ 'front--web': {} }, undefined])
  assert.deepEqual(
    [once?.deploy.mode, once?.deploy.replicas, once?.deploy.resources],
    ['replicated-job', 1, limited.resources],
  )
  assert.deepEqual(Object.keys(part.secrets), ['token'])
})
