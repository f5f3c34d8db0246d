import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { load } from 'js-yaml'
import type { Canary, Phase } from '../../../kit/canary/state.ts'
import { writeState } from '../../../kit/canary/store.ts'
import { run } from '../../../kit/cli/run.ts'
import { followCanary } from '../../../kit/commands/canary-follow.ts'
import { keepRecord } from '../../../kit/deploy/canary-kept.ts'
import { keepRelease } from '../../../kit/deploy/releases.ts'
import { Failure } from '../../../kit/failure.ts'
import { described } from '../../standins/openapi.ts'
import { screen } from '../cli/screen.ts'
import { canary } from '../control/parts.ts'
import { endedTask, type RunningApi, runningApi, STACK, secretOf } from './running-api.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/control-api.yaml'), 'utf8')
const description = described(load(text))
const app = `/v1/apps/${STACK}`
const HOOK = 'https://ci.example.com/canary?key=s3cret'

const since = '2026-11-22T10:05:00.000Z'
const cause = { reason: 'check 1 of 1 failed: true', evidence: ['it ends with 1'] }
const aborted: Phase = { kind: 'ended', result: 'aborted', since, ...cause }
const promoted: Phase = { kind: 'ended', result: 'promoted', since }
const stepping: Phase = { kind: 'stepping', index: 0, since }

/** A swarm with releases 3 and 4, and canaries with these phases beside them, oldest first. */
async function withCanaries(t: TestContext, canaries: readonly Partial<Canary>[], waitsFor = () => '') {
  const running = await runningApi(t, { waitsFor })
  const of = { who: 'ann', when: '2026-11-21T16:33:05Z', environment: 'dogfood/production' }
  const empty = { stack: 'services: {}\n', images: [], secrets: [], configs: [], specs: {} }
  await running.inSwarm(async () => {
    for (const number of [3, 4]) await keepRelease(STACK, { number, reason: 'up', ...of, ...empty }, [])
    for (const [at, terms] of canaries.entries()) await writeState(STACK, at + 1, canary(terms), 'ada')
    await keepRecord(STACK, 'old1', { table: 'requests  1  2\n', chart: '<svg>1</svg>\n' })
  })
  return running
}

async function typed({ folder, env, url }: RunningApi, line: string, isRemote = false) {
  const here = { directory: folder, env: { ...env, SWARM_ENV: 'dogfood/production' } }
  const remote = { ...here, env: { ...here.env, PATH: '/nowhere', SWARM_API_TOKEN: secretOf('deploy') } }
  const { told, context } = screen(isRemote ? remote : here)
  const code = await run([...(isRemote ? ['--api', url] : []), ...line.split(' ')], context)
  return { code, ...told }
}

const three = [
  { id: 'old1', phase: aborted },
  { id: 'old2', phase: promoted },
  { id: 'now1', from: 4, phase: stepping, checks: ['true', HOOK] },
]

test('canaries are between the releases, a line each, the same by the API', async (t) => {
  const running = await withCanaries(t, three)
  const { code, said } = await typed(running, 'releases')
  assert.equal(code, 0)
  const lines = said.trimEnd().split('\n').slice(1)
  assert.deepEqual(
    lines.map((line) => line.replace(/\s{2,}/g, '  ').trim()),
    [
      'canary  1970-01-01T00:00:00.000Z  ada  site/webapp canary 2 (now1), is under way: a test',
      '* 4  2026-11-21T16:33:05Z  ann  up',
      `canary  1970-01-01T00:00:00.000Z  ada  site/webapp canary 2 (old2), promoted ${since}`,
      `canary  1970-01-01T00:00:00.000Z  ada  site/webapp canary 2 (old1), aborted ${since}: ${cause.reason}`,
      '3  2026-11-21T16:33:05Z  ann  up',
    ].map((line) => line.replace('* 4', '*  4')),
  )
  assert.equal((await typed(running, 'releases', true)).said, said)
  const listed = await running.call('read', 'GET', `${app}/releases`)
  const body = (await listed.json()) as { canaries?: { id: string }[] }[]
  assert.deepEqual(description.faultsOf('listReleases', 200, 'application/json', body), [])
  assert.deepEqual(
    body.map(({ canaries = [] }) => canaries.map(({ id }) => id)),
    [['now1'], ['old2', 'old1']],
  )
})

test('for a program a canary has its table, and what writes its chart', async (t) => {
  const running = await withCanaries(t, three)
  const [, before] = JSON.parse((await typed(running, 'releases --json')).said)
  const { table, chart, reason, evidence } = before.canaries[1]
  assert.deepEqual([table, reason, evidence], ['requests  1  2\n', cause.reason, cause.evidence])
  assert.equal((await typed(running, chart.replace('swarm ', ''))).code, 0)
  assert.equal(readFileSync(join(running.folder, 'old1.svg'), 'utf8'), '<svg>1</svg>\n')
})

test('an older canary is shown by its id, with the engine', async (t) => {
  const running = await withCanaries(t, three)
  const { said } = await typed(running, 'canary status --id old1')
  assert.match(said, /^\S+Z {2}site\/webapp canary 2: ended[\s\S]*\nrequests {2}1 {2}2\n$/)
  const missing = await typed(running, 'canary status --id other')
  assert.equal(missing.complained, 'Canary other is not kept.\nThese are: old1, old2, now1.\n')
  const none = await typed(running, 'canary status --id old2 --chart a.svg')
  assert.match(none.complained, /no chart of it/)
  assert.equal((await typed(running, 'canary status --id old1', true)).code, 2)
})

test('by the API the chart of an older canary is saved, and of its status nothing is told', async (t) => {
  const running = await withCanaries(t, three)
  await running.inSwarm(() => keepRecord(STACK, 'now1', { table: 'now\n', chart: '<svg>now</svg>\n' }))
  const saved = (name: string) => readFileSync(join(running.folder, name), 'utf8')
  const older = await typed(running, 'canary status --id old1 --chart old.svg', true)
  assert.deepEqual([older.code, older.said, saved('old.svg')], [0, '', '<svg>1</svg>\n'])
  assert.match(older.complained, /only the chart of old1; its status is shown with the engine/)
  const last = 'canary status --id now1 --chart last.svg'
  assert.deepEqual(await typed(running, last, true), await typed(running, last))
  assert.equal(saved('last.svg'), '<svg>now</svg>\n')
  for (const [line, code] of [
    ['canary status --id old1 --chart none.svg --json', 2],
    ['canary status --id other --chart none.svg', 1],
    ['canary status --id old2 --chart none.svg', 1],
  ] as const)
    assert.equal((await typed(running, line, true)).code, code, line)
  assert.throws(() => saved('none.svg'), /ENOENT/)
})

test('whoever follows a canary that is aborted gets its table', async (t) => {
  const running = await withCanaries(t, [{ id: 'old1', phase: aborted }])
  const { context } = screen()
  await assert.rejects(
    running.inSwarm(() => followCanary(STACK, 1, context)),
    (error) => error instanceof Failure && error.lines.join() === 'it ends with 1,requests  1  2',
  )
})

test('the API has the chart of any kept canary', async (t) => {
  const running = await withCanaries(t, [{ id: 'old1', phase: aborted }])
  for (const query of ['', '?id=old1']) {
    const answer = await running.call('read', 'GET', `${app}/canary/chart${query}`)
    const body: unknown = await answer.json()
    assert.deepEqual([answer.status, body], [200, { id: 'old1', chart: '<svg>1</svg>\n' }])
    assert.deepEqual(description.faultsOf('getCanaryChart', 200, 'application/json', body), [])
  }
  assert.equal((await running.call('read', 'GET', `${app}/canary/chart?id=old2`)).status, 404)
  assert.equal((await (await runningApi(t)).call('read', 'GET', `${app}/canary/chart`)).status, 404)
})

test('what a canary waits for is told by its control, and its checks without their secrets', async (t) => {
  const running = await withCanaries(t, three, () => 'checks run')
  const answer = await running.call('read', 'GET', `${app}/canary`)
  const body = (await answer.json()) as { waitsFor: string; checks: string[] }
  assert.deepEqual([body.waitsFor, body.checks], ['checks run', ['true', 'https://ci.example.com/canary']])
  assert.deepEqual(description.faultsOf('getCanary', 200, 'application/json', body), [])
  const there = await typed(running, 'canary status', true)
  assert.match(there.said, /\nwaits for: checks run\nchecked before each step: true\nchecked .*canary\n/)
  const here = await typed(running, 'canary status')
  assert.equal(here.said, there.said.replace('waits for: checks run\n', ''))
  const ended = await withCanaries(t, [{ id: 'old1', phase: aborted }], () => 'checks run')
  assert.ok(!(await (await ended.call('read', 'GET', `${app}/canary`)).text()).includes('waitsFor'))
})

test('neither a task, the audit trail nor a dry run shows the secret of a hook', async (t) => {
  const running = await withCanaries(t, three)
  const dry = await typed(running, 'canary pause --dry-run')
  assert.match(dry.said, /config create .*_canary-4 - < canary\.json/)
  assert.ok(!dry.said.includes('s3cret'))
  const body = { component: 'webapp', tag: '2', checks: [HOOK, 'true x'], detach: true }
  const begun = await running.call('deploy', 'POST', `${app}/canary`, body)
  const task = await endedTask(running, begun)
  assert.match(task.command, /--check https:\/\/ci\.example\.com\/canary --check 'true x'/)
  const audit = JSON.stringify(await running.inSwarm(() => running.api.audit.read()))
  assert.ok(audit.includes('ci.example.com') && !(audit + JSON.stringify(task)).includes('s3cret'))
})
