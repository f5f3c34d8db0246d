import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningApi, runApi } from '../../../kit/api/run-api.ts'
import { pushSmall, type SmallApp, smallApp } from '../../cluster/small-app.ts'
import { type Cluster, clusterUp } from '../../lab/cluster/cluster.ts'
import { dockerOn } from '../../lab/cluster/swarm.ts'
import { screen } from '../cli/screen.ts'

const PORT = 18_408
const TOKEN = 'a-token-of-the-management-test'
const API = `http://127.0.0.1:${PORT}`
const ENVIRONMENT = 'lab/small'

let cluster: Cluster
let app: SmallApp
let api: RunningApi | undefined
const log: Record<string, unknown>[] = []

const clock = ['sh', '-c', 'while :; do date; sleep 1; done']

before(async () => {
  cluster = await clusterUp()
  await pushSmall(['1', '2'])
  app = smallApp(cluster, 'management', [
    { component_name: 'web', image: '$registry/small:1', scaling_policy: { min: 2, max: 3 } },
    { component_name: 'clock', image: '$registry/node-job', args: clock },
    { component_name: 'control', image: '$registry/small:1', control: true },
  ])
  const up = await app.swarm(['up', '--yes', '--force'])
  assert.equal(up.exit, 0, up.output)
  api = await run()
})
after(async () => {
  await api?.close()
  await app?.swarm(['delete', '--yes', '--force'])
})

/** The API as control runs it, beside the engine of the first node. */
function run(): Promise<RunningApi | undefined> {
  const file = join(mkdtempSync(join(tmpdir(), 'tokens-')), 'tokens')
  writeFileSync(file, `ci deploy ${createHash('sha256').update(TOKEN).digest('hex')}\n`)
  const env = { PATH: process.env.PATH, DOCKER_HOST: cluster.nodes[0].host, CONTROL_TOKENS_FILE: file }
  const { context } = screen({ env, now: () => new Date() })
  const write = (line: object) => void log.push(line as Record<string, unknown>)
  return runApi({ stack: app.stack, environment: ENVIRONMENT }, context, write, { waitsFor: () => '' }, PORT)
}

/** What is typed where no engine can be reached. */
async function typed(...args: string[]) {
  process.env.SWARM_API_TOKEN = TOKEN
  const nowhere = { ...cluster.nodes[0], host: 'tcp://127.0.0.1:1' }
  const ended = await app.swarm(['--api', API, ...args], { by: nowhere })
  console.log(
    `$ swarm ${args.join(' ')} (${ended.seconds.toFixed(1)} s, exit ${ended.exit})\n${ended.output}`,
  )
  return ended
}

async function good(...args: string[]): Promise<string> {
  const { exit, output } = await typed(...args)
  assert.equal(exit, 0, output)
  return output
}

const post = (path: string, body: object) =>
  fetch(`${API}/v1/apps/${app.stack}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(`${API}/v1/apps/${app.stack}${path}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  return (await answer.json()) as T
}

interface Task {
  readonly state: string
  readonly problem?: { readonly code: string }
}

async function ended(answer: Response): Promise<Task> {
  const path = (answer.headers.get('location') ?? '').replace(`/v1/apps/${app.stack}`, '')
  for (;;) {
    const task = await read<Task>(path)
    if (task.state !== 'running') return task
    await sleep(300)
  }
}

interface Instance {
  readonly component: string
  readonly image: string
  readonly task: string
  readonly state: string
  readonly wanted: string
}

const instancesOf = async (component: string) =>
  (await read<Instance[]>(`/instances?component=${component}`)).filter(({ wanted }) => wanted === 'running')
const tagsOf = async (component: string): Promise<(string | undefined)[]> =>
  (await instancesOf(component)).map(({ image }) => /:(\d)@/.exec(image)?.[1])

test('it tells of a swarm what the command tells', async () => {
  assert.match(await good('status'), /is up: 3 of 3 up; release 1/)
  assert.match(await good('releases'), /\* +1 /)
  assert.match(await good('logs', 'clock', '-n', '2'), /a\/clock\.1 \S+ \| \w+/)
})

test('an update of everything leaves the control that makes it, and is a release of whoever asked', async () => {
  assert.match(await good('update', 'web=2'), /Release 2 runs/)
  assert.deepEqual(await tagsOf('web'), ['2', '2'])
  const { exit, output } = await typed('update', 'control=2')
  assert.equal(exit, 1)
  assert.match(output, /cannot replace or end itself/)
  assert.match(await good('releases'), /\* +2 .* ci \(api\) .*update web=2/)
})

test('instances are scaled, stopped, started and restarted', async () => {
  await good('scaleup', 'web=3')
  assert.equal((await instancesOf('web')).length, 3)
  await good('scaledown', 'web')
  assert.match((await typed('scaleup', 'web=9')).output, /may have 2 to 3 instances/)
  await good('stop', 'web')
  assert.equal((await instancesOf('web')).length, 0)
  await good('start', 'web')
  const before = (await instancesOf('web')).map(({ task }) => task)
  const control = (await instancesOf('control')).map(({ task }) => task)
  assert.equal((await ended(await post('/restart', {}))).state, 'done')
  const now = await instancesOf('web')
  assert.deepEqual(
    now.map(({ state }) => state),
    ['running', 'running'],
  )
  assert.ok(now.every(({ task }) => !before.includes(task)))
  assert.deepEqual(
    (await instancesOf('control')).map(({ task }) => task),
    control,
  )
})

test('of two changes at once one is refused', async () => {
  const answers = [await post('/restart', { components: ['web'] }), await post('/update', {})]
  const tasks = await Promise.all(answers.map(ended))
  assert.deepEqual(tasks.map(({ state }) => state).sort(), ['done', 'failed'])
  assert.ok(tasks.some(({ problem }) => problem?.code === 'locked'))
})

test('a release is returned to', async () => {
  assert.match(await good('rollback', '1'), /Release \d runs/)
  assert.deepEqual(await tagsOf('web'), ['1', '1'])
})

test('a log that is followed goes on with new lines', async () => {
  const answer = await fetch(`${API}/v1/apps/${app.stack}/logs?component=clock&follow=1&tail=0`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  let lines = ''
  for await (const chunk of answer.body ?? []) {
    lines += Buffer.from(chunk).toString()
    if (lines.split('\n').length > 3) break
  }
  assert.match(lines, /^\{"component":"a\/clock"/)
})

test('a control that is told to end gives back the lock of what it does', async () => {
  const { status } = await post('/update', { components: [{ component: 'web', tag: '2' }] })
  assert.equal(status, 202)
  await sleep(2500)
  await api?.close()
  api = await run()
  const configs = await dockerOn(cluster.nodes[0], 'config', 'ls', '--format', '{{.Name}}')
  assert.doesNotMatch(configs, /_lock/)
  assert.match(await good('update', 'web=1', '--json'), /"exitCode": 0/)
})

test('all of that is in the audit trail, whichever control is asked', async () => {
  const entries = await read<{ command: string; outcome: string; detail?: string }[]>('/audit')
  const said = entries.map(({ command, outcome }) => `${command} ${outcome}`)
  for (const line of [
    'update web=2 done',
    'scaleup web=3 done',
    'update control=2 failed',
    'rollback 1 done',
  ])
    assert.ok(said.includes(`swarm ${line}`), said.join('\n'))
  assert.ok(entries.some(({ detail }) => detail === 'interrupted by SIGTERM'))
  assert.doesNotMatch(JSON.stringify([entries, log]), new RegExp(TOKEN))
})
