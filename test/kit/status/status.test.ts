import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Release } from '../../../kit/deploy/release.ts'
import { specsOf } from '../../../kit/deploy/unchanged.ts'
import { appStatus, type Seen } from '../../../kit/status/app-status.ts'
import { componentStatus } from '../../../kit/status/component-status.ts'
import { printStatus } from '../../../kit/status/print-status.ts'
import type { SwarmNode } from '../../../kit/swarm/nodes.ts'
import type { SwarmService } from '../../../kit/swarm/services.ts'
import type { Task } from '../../../kit/swarm/tasks.ts'
import { nodes, recordedAt, serviceNamed, services, tasks } from '../swarm/recorded.ts'

const stack = 'dogfood-production'
const seen: Seen = { stack, services, tasks, nodes, releases: [], now: recordedAt }
const of = (status = appStatus(seen)) =>
  new Map(
    status.components.map((one) => [`${one.component}${one.kind === 'balancer' ? ' balancer' : ''}`, one]),
  )

test('each state is told from what a swarm said of such components', () => {
  const found = of()
  const states = Object.fromEntries([...found].map(([name, { state }]) => [name, state]))
  assert.deepEqual(states, {
    'site/worker': 'failed',
    'stores/rediscache': 'failed',
    'stores/redisqueue': 'failed',
    'site/slow': 'starting',
    'site/migrate': 'up',
    'site/nginx': 'up',
    'site/webapp balancer': 'up',
    'site/webapp': 'up',
  })
})

test('the worst come first, and the worst is the state of the app', () => {
  const { state, components } = appStatus(seen)
  assert.equal(state, 'failed')
  assert.deepEqual(
    components.map((one) => one.state),
    ['failed', 'failed', 'failed', 'starting', 'up', 'up', 'up', 'up'],
  )
})

test('what fails is told with its reason', () => {
  const found = of()
  const why = (name: string) => found.get(name)?.faults.map((fault) => fault.why)
  assert.deepEqual(why('site/worker'), ['it ended with exit code 3'])
  assert.deepEqual(why('stores/redisqueue'), ['its image cannot be pulled: 10.77.42.1:5042/nothing:1'])
  assert.deepEqual(why('stores/rediscache'), [
    'no node fits: scheduling constraints not satisfied on 3 nodes',
  ])
})

test('instances are counted where they run', () => {
  const webapp = of().get('site/webapp')
  assert.deepEqual([webapp?.running, webapp?.wanted], [3, 3])
  assert.deepEqual(webapp?.nodes, { node1: 1, node2: 1, node3: 1 })
  assert.equal(of().get('site/slow')?.health, 'waiting')
})

const service = (over: Partial<SwarmService> = {}): SwarmService => ({
  ...serviceNamed('site-webapp'),
  replicas: 2,
  updatedAt: '2026-11-21T18:00:00Z',
  ...over,
})
const node = nodes[0] as SwarmNode
const task = (over: Partial<Task> = {}): Task => ({
  ...(tasks.find(({ state }) => state === 'running') as Task),
  node: node.id,
  since: '2026-11-21T18:20:00Z',
  wanted: 'running',
  state: 'running',
  error: '',
  slot: 1,
  ...over,
})
const statusOf = (of: SwarmService, ...some: Task[]) => componentStatus(of, some, nodes, recordedAt)
const stateOf = (of: SwarmService, ...some: Task[]) => statusOf(of, ...some).state

test('a component that is stopped is down, and stopping until its instances are gone', () => {
  const stopped = service({ replicas: 0 })
  assert.equal(stateOf(stopped), 'down')
  assert.equal(stateOf(stopped, task({ wanted: 'shutdown' })), 'stopping')
})

test('one that lacks instances is starting while they start, and down without any', () => {
  assert.equal(stateOf(service(), task()), 'starting')
  assert.equal(stateOf(service()), 'down')
  assert.equal(stateOf(service(), task(), task({ slot: 2, state: 'starting' })), 'starting')
})

test('one in an update is starting, even when all instances run', () => {
  const updating = service({ update: { state: 'updating', message: 'update in progress' } })
  const { state, update } = statusOf(updating, task(), task({ slot: 2 }))
  assert.deepEqual([state, update], ['starting', 'an update goes on (update in progress)'])
})

test('an update that was taken back is told, and one that stands still has failed', () => {
  const back = statusOf(
    service({ update: { state: 'rollback_completed', message: 'rollback completed' } }),
    task(),
    task({ slot: 2 }),
  )
  assert.equal(back.state, 'up')
  assert.match(back.update ?? '', /taken back/)
  const paused = service({ update: { state: 'paused', message: 'update paused' } })
  assert.equal(stateOf(paused, task(), task({ slot: 2 })), 'failed')
})

test('an instance that is started again and again has failed, also in the moment it runs', () => {
  const ended = task({
    slot: 2,
    state: 'failed',
    wanted: 'shutdown',
    error: 'task: non-zero exit (3)',
    exitCode: 3,
  })
  const fresh = task({ slot: 2, since: '2026-11-21T18:33:04Z' })
  assert.equal(stateOf(service(), task(), ended, fresh), 'failed')
  assert.equal(stateOf(service(), task(), ended, task({ slot: 2, since: '2026-11-21T18:30:00Z' })), 'up')
})

test('what failed before the service was changed is no fault of what it is', () => {
  const before = task({ slot: 2, state: 'failed', wanted: 'shutdown', since: '2026-11-21T17:00:00Z' })
  assert.equal(stateOf(service(), task(), before, task({ slot: 2, state: 'starting' })), 'starting')
})

test('a health check that fails is told as such', () => {
  const ended = task({
    slot: 2,
    state: 'failed',
    wanted: 'shutdown',
    error: 'task: non-zero exit (137): dockerexec: unhealthy container',
    exitCode: 137,
  })
  const { faults } = statusOf(service(), task(), ended, task({ slot: 2, state: 'starting' }))
  assert.deepEqual(
    faults.map(({ why }) => why),
    ['its health check fails'],
  )
})

test('what a lost node ran counts no more', () => {
  const down = nodes.map((one) => (one.id === node.id ? { ...one, state: 'down' as const } : one))
  const { running, state } = componentStatus(service(), [task(), task({ slot: 2 })], down, recordedAt)
  assert.deepEqual([running, state], [0, 'down'])
})

const release = (number: number, webapp: string): Release => ({
  number,
  who: 'ann',
  when: '2026-11-21T16:33:05Z',
  reason: 'up',
  environment: 'dogfood/production',
  stack: '',
  images: [],
  secrets: [],
  configs: [],
  specs: { ...specsOf([serviceNamed('site-nginx')]), [serviceNamed('site-webapp').name]: webapp },
})

test('each component has the release since which it is the same', () => {
  const releases = [release(4, 'a'), release(5, 'b'), release(6, 'b')]
  const found = of(appStatus({ ...seen, releases }))
  assert.equal(found.get('site/webapp')?.release, 5)
  assert.equal(found.get('site/nginx')?.release, 4)
  assert.equal(found.get('site/worker')?.release, undefined)
})

test('the table has a summary, a line a component, and below it what is wrong', () => {
  const lock = 'up by bob, since 2m'
  const text = printStatus(appStatus({ ...seen, releases: [release(6, 'b')], lock }), recordedAt)
  const [first, second, , heads, ...rows] = text.split('\n')
  assert.equal(first, 'dogfood-production is failed: 4 of 8 up; release 6, 2h ago by ann; 3 of 3 nodes ready')
  assert.equal(second, 'A deploy is under way: up by bob, since 2m')
  assert.match(heads ?? '', /^STATE +COMPONENT +RUNNING +NODES +IMAGE +RELEASE +HEALTH +AGE$/)
  assert.match(rows[0] ?? '', /^failed +site\/worker +0\/1 +- +docker:28.5.2-cli +- +bad +-$/)
  assert.match(rows[1] ?? '', /^ +instance 1 on node\d: it ended with exit code 3$/)
  assert.match(text, /^up +site\/webapp +3\/3 +node1 node2 node3 +docker:28.5.2-cli +6 +good +\d+s$/m)
})

test('an app that is not there is told so', () => {
  const text = printStatus(appStatus({ ...seen, services: [], tasks: [] }), recordedAt)
  assert.equal(text, 'dogfood-production does not run: there is nothing of it in the swarm.\n')
})
