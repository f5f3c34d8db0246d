import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceOf } from '../../../kit/swarm/services.ts'
import { choose, isOver, isWanted } from '../../../kit/swarm/tasks.ts'
import { configs, listed, networks, nodes, secrets, serviceNamed, tasks } from './recorded.ts'

test('a service is read with what the kit wrote into it', () => {
  const webapp = serviceNamed('site-webapp')
  assert.deepEqual(
    [webapp.component, webapp.kind, webapp.mode, webapp.replicas, webapp.image],
    ['site/webapp', 'component', 'replicated', 3, '10.77.42.1:5042/docker:28.5.2-cli'],
  )
  assert.deepEqual(
    webapp.secrets.map(({ name }) => name),
    ['dogfood-production_queue_url-0123456789ab'],
  )
  assert.deepEqual(
    webapp.configs.map(({ name }) => name),
    ['dogfood-production_site-webapp-settings-0123456789ab'],
  )
  assert.equal(webapp.networks.length, 2)
})

test('the four modes of a service are told apart', () => {
  const modes = ['site-webapp', 'site-nginx', 'site-migrate'].map((name) => {
    const { mode, replicas } = serviceNamed(name)
    return [mode, replicas]
  })
  assert.deepEqual(modes, [
    ['replicated', 3],
    ['global', undefined],
    ['replicated-job', 0],
  ])
})

test('how the last update went is read where there was one', () => {
  const { spec, ...rest } = serviceNamed('site-webapp')
  assert.equal(rest.update, undefined)
  const inspected = {
    ID: 'a',
    CreatedAt: '',
    UpdatedAt: '',
    Spec: spec,
    UpdateStatus: { State: 'rollback_completed', Message: 'rollback completed' },
  }
  assert.deepEqual(serviceOf(inspected).update, {
    state: 'rollback_completed',
    message: 'rollback completed',
  })
})

test('a task is read with why it does not run', () => {
  const failed = tasks.filter(({ state }) => state === 'failed')
  assert.deepEqual([failed[0]?.exitCode, failed[0]?.error], [3, 'task: non-zero exit (3)'])
  const pending = tasks.find(({ state }) => state === 'pending')
  assert.equal(pending?.node, '')
  assert.match(pending?.error ?? '', /no suitable node/)
  assert.ok(tasks.some(({ state, error }) => state === 'rejected' && /No such image/.test(error)))
})

test('tasks that are over are told from those that are wanted', () => {
  assert.ok(tasks.filter(isOver).every(({ state }) => ['failed', 'rejected'].includes(state)))
  assert.ok(tasks.filter(({ state }) => state === 'running').every(isWanted))
})

test('of what ended only the newest of each instance is looked at, and all that goes on', () => {
  const most = listed.length
  assert.equal(choose(listed, 99).length, most)
  const few = choose(listed, 1)
  const goesOn = listed.filter(({ CurrentState }) => !/^(?:Failed|Rejected)/.test(CurrentState))
  for (const { ID } of goesOn) assert.ok(few.includes(ID))
  const worker = listed.filter(({ CurrentState }) => /^Failed/.test(CurrentState))
  assert.ok(worker.length > 1)
  assert.deepEqual(
    worker.map(({ ID }) => few.includes(ID)),
    [true, ...worker.slice(1).map(() => false)],
  )
})

test('nodes, networks, configs and secrets are read', () => {
  assert.deepEqual(
    nodes.map(({ hostname, state, availability, engine }) => [hostname, state, availability, engine]),
    ['node1', 'node2', 'node3'].map((name) => [name, 'ready', 'active', '26.1.5+dfsg1']),
  )
  assert.deepEqual(
    nodes.map(({ manager }) => manager?.leader),
    [true, false, false],
  )
  const out = networks.find(({ name }) => name === 'dogfood-production_site-webapp--out')
  assert.deepEqual([out?.internal, out?.subnets], [false, ['10.0.2.0/24']])
  assert.ok(configs.some(({ content }) => content === 'settings\n'))
  assert.deepEqual(
    secrets.map(({ labels, content }) => [labels['dogfood.secret'], content]),
    [['queue_url', undefined]],
  )
})
