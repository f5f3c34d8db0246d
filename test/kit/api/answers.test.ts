import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { load } from 'js-yaml'
import { writeState } from '../../../kit/canary/store.ts'
import type { Act } from '../../../kit/cli/verb.ts'
import { keepRelease } from '../../../kit/deploy/releases.ts'
import { described } from '../../standins/openapi.ts'
import { canary } from '../control/parts.ts'
import { endedTask, type RunningApi, runningApi, STACK } from './running-api.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/control-api.yaml'), 'utf8')
const description = described(load(text))
const app = `/v1/apps/${STACK}`

const done: Act = async (_, { terminal, done }) => {
  terminal.say('Release 4 runs.\n')
  done?.({ release: 4, changed: true })
  return 0
}
const acts = Object.fromEntries(
  ['scaleup', 'scaledown', 'start', 'stop', 'restart', 'update', 'rollback']
    .concat('canary start', 'canary promote', 'canary abort')
    .map((verb) => [verb, done]),
)

async function fits(operation: string, answer: Response, status: number): Promise<unknown> {
  const type = answer.headers.get('content-type') ?? ''
  const body = (await answer.json()) as unknown
  assert.equal(answer.status, status, JSON.stringify(body))
  assert.deepEqual(description.faultsOf(operation, status, type, body), [], operation)
  for (const header of description.headersOf(operation, status)) assert.ok(answer.headers.has(header), header)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  return body
}

const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })

/** With a release and a canary in its swarm. */
async function withCanary(t: TestContext): Promise<RunningApi> {
  const running = await runningApi(t, { acts })
  await running.inSwarm(async () => {
    const release = {
      ...{
        number: 3,
        who: 'ann',
        when: '2026-11-21T16:33:05Z',
        reason: 'up',
        environment: 'dogfood/production',
      },
      ...{ stack: 'services: {}\n', images: [], secrets: [], configs: [], specs: {} },
    }
    await keepRelease(STACK, release, [])
    await writeState(STACK, 7, stepping, 'ada')
  })
  return running
}

test('every answer to a good question is as it is described', async (t) => {
  const running = await withCanary(t)
  for (const [operation, path] of [
    ['listApps', '/v1/apps'],
    ['getApp', app],
    ['listComponents', `${app}/components`],
    ['listComponents', `${app}/components?component=webapp`],
    ['listInstances', `${app}/instances`],
    ['listInstances', `${app}/instances?component=site/webapp&component=worker`],
    ['listReleases', `${app}/releases`],
    ['getSplit', `${app}/split`],
    ['getCanary', `${app}/canary`],
    ['listTasks', `${app}/tasks`],
    ['listAudit', `${app}/audit`],
  ] as const)
    await fits(operation, await running.call('read', 'GET', path), 200)
})

test('every change that is begun is a task, which tells what the command would print', async (t) => {
  const running = await withCanary(t)
  const locking = { force: true, timeout: 30 }
  for (const [operation, path, body, command] of [
    ['scale', '/scale', { component: 'webapp', instances: 4 }, 'scaleup webapp=4'],
    ['scale', '/scale', { component: 'webapp', instances: 2 }, 'scaledown webapp=2'],
    ['scale', '/scale', { direction: 'down' }, 'scaledown'],
    ['start', '/start', { components: ['worker'] }, 'start worker'],
    ['stop', '/stop', { components: ['worker', 'site/slow'] }, 'stop worker site/slow'],
    ['restart', '/restart', locking, 'restart --force --timeout 30'],
    [
      'update',
      '/update',
      { components: [{ component: 'webapp', tag: '2' }, { component: 'worker' }] },
      'update webapp=2 worker',
    ],
    ['update', '/update', { strategy: 'hot-swap' }, 'update --strategy hot-swap'],
    ['rollback', '/rollback', undefined, 'rollback'],
    ['rollback', '/rollback', { release: 2 }, 'rollback 2'],
    [
      'startCanary',
      '/canary',
      { component: 'webapp', tag: '2', steps: '5,50' },
      'canary start webapp=2 --steps 5,50',
    ],
    ['promoteCanary', '/canary/promote', { detach: true }, 'canary promote --detach'],
    [
      'abortCanary',
      '/canary/abort',
      { reason: "it's slow" },
      String.raw`canary abort --reason 'it'\''s slow'`,
    ],
  ] as const) {
    const answer = await running.call('deploy', 'POST', app + path, body)
    const id = answer.headers.get('location') ?? ''
    await fits(operation, answer.clone(), 202)
    const task = await endedTask(running, answer)
    assert.deepEqual([task.state, task.command, task.who], ['done', `swarm ${command}`, 'deploy (api)'])
    assert.deepEqual(task.lines, [{ to: 'output', text: 'Release 4 runs.' }])
    assert.deepEqual(task.result, { release: 4, changed: true })
    await fits('getTask', await running.call('read', 'GET', `${id}?from=1`), 200)
    const { asked, context } = running.performed.at(-1) ?? assert.fail()
    assert.equal(asked.flag('yes'), true, 'nobody can be asked')
    assert.deepEqual(context.caller, { stack: STACK, environment: 'dogfood/production', who: 'deploy (api)' })
  }
  await fits('listTasks', await running.call('read', 'GET', `${app}/tasks`), 200)
  await fits('listAudit', await running.call('read', 'GET', `${app}/audit`), 200)
})

test('the split is set, paused and resumed as by the command, and tells no salt', async (t) => {
  const running = await withCanary(t)
  const { call } = running
  const before = (await fits('getSplit', await call('read', 'GET', `${app}/split`), 200)) as object
  const { id, component, image } = stepping
  assert.deepEqual(before, { phase: 'stepping', percent: 5, allow: [], id, version: 7, component, image })
  const set = await fits('setSplit', await call('operate', 'PUT', `${app}/split`, { percent: 12.5 }), 200)
  assert.deepEqual(set, { ...before, phase: 'paused', percent: 12.5, version: 8 })
  const resumed = await call('operate', 'POST', `${app}/canary/resume`)
  assert.deepEqual(await fits('resumeCanary', resumed, 200), { ...before, version: 9 })
  await fits('pauseCanary', await call('operate', 'POST', `${app}/canary/pause`, {}), 200)
  const again = await call('operate', 'POST', `${app}/canary/pause`, {})
  const problem = (await fits('pauseCanary', again, 409)) as { code: string; todo: string }
  assert.equal(problem.code, 'refused')
  const seen = await fits('getCanary', await call('read', 'GET', `${app}/canary`), 200)
  assert.doesNotMatch(JSON.stringify(seen), new RegExp(`salt|${stepping.salt}`))
  const { history } = seen as { history: { said: string; who: string }[] }
  assert.deepEqual(history.at(1)?.who, 'operate (api)')
  assert.match(history.at(1)?.said ?? '', /12\.5 % of visitors by hand/)
})

test('without a canary nothing can be wanted of one', async (t) => {
  const { call, performed } = await runningApi(t, { acts })
  for (const [operation, method, path, body] of [
    ['setSplit', 'PUT', '/split', { percent: 10 }],
    ['pauseCanary', 'POST', '/canary/pause', undefined],
    ['resumeCanary', 'POST', '/canary/resume', undefined],
    ['promoteCanary', 'POST', '/canary/promote', undefined],
    ['abortCanary', 'POST', '/canary/abort', undefined],
  ] as const)
    await fits(operation, await call('deploy', method, app + path, body), 409)
  assert.equal(performed.length, 0)
  const split = await fits('getSplit', await call('read', 'GET', `${app}/split`), 200)
  assert.deepEqual(split, { phase: 'none', percent: 0, allow: [] })
  assert.equal(await fits('getCanary', await call('read', 'GET', `${app}/canary`), 200), null)
})

test('logs come one object a line', async (t) => {
  const { call } = await runningApi(t)
  const answer = await call('read', 'GET', `${app}/logs?component=webapp&tail=5`)
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/x-ndjson'])
  const lines = (await answer.text()).trimEnd().split('\n')
  assert.ok(lines.length > 0)
  for (const line of lines)
    assert.deepEqual(description.faultsOf('readLogs', 200, 'application/x-ndjson', JSON.parse(line)), [])
  for (const query of ['tail=301', 'follow=1', 'follow=yes', 'since=soon', 'other=1'])
    await fits('readLogs', await call('read', 'GET', `${app}/logs?${query}`), 422)
  await fits('readLogs', await call('read', 'GET', `${app}/logs?component=nobody`), 404)
  // Before every year that has an ISO form, before those of four digits, and before 1970.
  for (const since of ['99999999999d', '9999999d', '1969-12-31T23:59:59Z'])
    await fits('readLogs', await call('read', 'GET', `${app}/logs?component=webapp&since=${since}`), 422)
})
