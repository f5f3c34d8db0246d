import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { dryRun } from '../../../kit/dry-run.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Interrupted, interruptible } from '../../../kit/interruption.ts'
import { onEveryNode } from '../../../kit/swarm/on-every-node.ts'
import { nodes } from './recorded.ts'
import { recordedSwarm } from './recorded-swarm.ts'

const JOB = `'service create'*) echo job ;; 'service ps'*) echo t ;; 'service rm'*) ;;
  'service logs'*) echo said by "$4" ;; 'inspect --type task'*) cat "$(dirname "$0")/tasks" ;;`

const task = (index: number, state: string, over: object = {}) => ({
  ID: `task${index}`,
  CreatedAt: '2026-11-21T18:33:00Z',
  UpdatedAt: '2026-11-21T18:33:01Z',
  Spec: {},
  ServiceID: 'job',
  NodeID: nodes[index]?.id,
  DesiredState: 'complete',
  Status: {
    Timestamp: '',
    State: state,
    ContainerStatus: { ContainerID: `c${index}`, ExitCode: 0 },
    ...over,
  },
})

function swarmWith(t: TestContext, tasks: readonly object[]) {
  const { folder, env, asked } = recordedSwarm(t, JOB)
  writeFileSync(join(folder, 'tasks'), JSON.stringify(tasks))
  return { env, asked: () => asked().map((line) => line.split(' ').slice(0, 2).join(' ')), questions: asked }
}
const work = { purpose: 'try', script: 'docker info' }

test('every node answers for itself, one that failed with what it said last, and the job is removed', async (t) => {
  const { env, asked } = swarmWith(t, [
    task(0, 'complete'),
    task(1, 'failed', { Err: 'task: non-zero exit (2)', ContainerStatus: { ContainerID: 'c', ExitCode: 2 } }),
    task(2, 'rejected', { Err: 'No such image: docker', ContainerStatus: {} }),
  ])
  const answers = await inEnvironment(env, () => onEveryNode(work))
  assert.deepEqual(
    answers.map(({ node, output, fault }) => [node.hostname, output, fault]),
    [
      ['node1', 'said by task0', undefined],
      ['node2', 'said by task1', 'task: non-zero exit (2): said by task1'],
      ['node3', '', 'No such image: docker'],
    ],
  )
  assert.equal(asked().at(-1), 'service rm')
})

test('a node that does not end in time is named, and keeps nothing', async (t) => {
  const { env, asked } = swarmWith(t, [task(0, 'complete'), task(1, 'preparing', { Message: 'preparing' })])
  const answers = await inEnvironment(env, () => onEveryNode({ ...work, seconds: 0.5 }))
  assert.deepEqual(
    answers.map(({ fault }) => fault),
    [undefined, 'it is still preparing (preparing)', 'the swarm gave it no task'],
  )
  assert.equal(asked().at(-1), 'service rm')
})

test('a job that is interrupted is removed all the same', async (t) => {
  const { env, asked } = swarmWith(t, [task(0, 'preparing')])
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Interrupted('SIGINT')), 700)
  const working = inEnvironment(env, () => interruptible(controller.signal, () => onEveryNode(work)))
  await assert.rejects(working, Interrupted)
  assert.equal(asked().at(-1), 'service rm')
})

test('a dry run only tells of the job', async (t) => {
  const { env, asked } = swarmWith(t, [])
  const told: string[] = []
  const answers = await inEnvironment(env, () =>
    dryRun(
      (text) => void told.push(text),
      () => onEveryNode(work),
    ),
  )
  assert.deepEqual(answers, [])
  assert.match(told.join(''), /^docker service create .* --mode global-job .* -c 'docker info'\n$/)
  assert.ok(!asked().includes('service create'))
})

test('the image and the socket can be others, and the job may do nothing besides', async (t) => {
  const { env, questions } = swarmWith(
    t,
    nodes.map((_, index) => task(index, 'complete')),
  )
  const other = {
    SWARM_NODE_IMAGE: 'registry.example.com/docker',
    SWARM_NODE_SOCKET: '/run/user/1000/docker.sock',
  }
  await inEnvironment({ ...env, ...other }, () => onEveryNode(work))
  const create = questions().find((line) => line.startsWith('service create')) ?? ''
  assert.match(create, /--read-only --cap-drop ALL/)
  assert.match(create, /source=\/run\/user\/1000\/docker\.sock,target=\/var\/run\/docker\.sock/)
  assert.match(create, / registry\.example\.com\/docker -c docker info$/)
  assert.doesNotMatch(create, /--network/)
})
