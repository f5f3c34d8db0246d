import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { remoteChanges } from '../../../kit/api-client/remote-changes.ts'
import { remoteReading } from '../../../kit/api-client/remote-reading.ts'
import { writeState } from '../../../kit/canary/store.ts'
import { run } from '../../../kit/cli/run.ts'
import type { Act } from '../../../kit/cli/verb.ts'
import { verbs } from '../../../kit/commands/index.ts'
import { keepRecord } from '../../../kit/deploy/canary-kept.ts'
import { Failure } from '../../../kit/failure.ts'
import { Interrupted } from '../../../kit/interruption.ts'
import { screen } from '../cli/screen.ts'
import { canary } from '../control/parts.ts'
import { type RunningApi, runningApi, STACK, secretOf } from './running-api.ts'

/** What is typed with --api on a machine that has no docker, only the definition. */
async function typed({ url, folder }: RunningApi, line: string, role = 'deploy', interruption?: AbortSignal) {
  const env = { PATH: '/nowhere', SWARM_ENV: 'dogfood/production', SWARM_API_TOKEN: secretOf(role) }
  const { told, context } = screen({ directory: folder, env, ...(interruption && { interruption }) })
  const code = await run(['--api', url, ...line.split(' ')], context)
  return { code, ...told }
}

/** The same, with the engine and without --api. */
async function typedHere({ folder, env }: RunningApi, line: string) {
  const { told, context } = screen({ directory: folder, env: { ...env, SWARM_ENV: 'dogfood/production' } })
  const code = await run(line.split(' '), context)
  return { code, ...told }
}

const stepping = canary({ phase: { kind: 'stepping', index: 0, since: '2026-11-21T18:00:00.000Z' } })

async function withCanary(t: TestContext, acts: Readonly<Record<string, Act>> = {}) {
  const running = await runningApi(t, { acts })
  await running.inSwarm(() => writeState(STACK, 7, stepping, 'ada'))
  return running
}

test('what only tells prints the same as with the engine', async (t) => {
  const running = await withCanary(t)
  for (const line of [
    'status',
    'status webapp',
    'status --json',
    'releases',
    'canary status',
    'canary status --json',
    'logs slow',
    'logs slow -n 2 --json',
  ]) {
    const [there, here] = [await typed(running, line, 'read'), await typedHere(running, line)]
    assert.deepEqual(there, here, line)
    assert.notEqual(there.said, '', line)
  }
})

test('the chart of a canary is written here', async (t) => {
  const running = await withCanary(t)
  assert.match((await typed(running, 'canary status --chart a.svg')).complained, /There is no chart of it/)
  await running.inSwarm(() => keepRecord(STACK, stepping.id, { table: 'a table', chart: '<svg/>' }))
  assert.equal((await typed(running, 'canary status --chart a.svg', 'read')).code, 0)
  assert.equal(readFileSync(join(running.folder, 'a.svg'), 'utf8'), '<svg/>')
})

test('a change tells what it tells there, and ends as it ends there', async (t) => {
  const update: Act = async (_, { terminal, done }) => {
    terminal.say('  0.1 s  site/webapp\n')
    terminal.complain('warning: slow\n')
    done?.({ release: 4, changed: true })
    return 0
  }
  const rollback: Act = async () => {
    throw new Failure('locked', 'ann deploys.', 'Wait.', ['a line'])
  }
  const running = await runningApi(t, { acts: { update, rollback } })
  assert.deepEqual(await typed(running, 'update webapp=2'), {
    ...{ code: 0, said: '  0.1 s  site/webapp\n', complained: 'warning: slow\n' },
  })
  assert.deepEqual(await typed(running, 'rollback 2'), {
    ...{ code: 1, said: '', complained: 'ann deploys.\n    a line\nWait.\n' },
  })
  const { code, said } = await typed(running, 'update --json')
  assert.deepEqual([code, JSON.parse(said)], [0, { verb: 'update', exitCode: 0, release: 4, changed: true }])
})

test('every change reaches the verb that was typed, with all that was typed', async (t) => {
  const act: Act = async () => 0
  const acts = Object.fromEntries(Object.keys(remoteChanges).map((name) => [name, act]))
  const running = await withCanary(t, acts)
  for (const line of [
    'scaleup webapp=4 --force --timeout 30',
    'scaledown webapp',
    'scaleup',
    'start',
    'stop webapp worker',
    'update webapp=2 worker --strategy one-by-one',
    'rollback 3',
    'canary start webapp=2 --steps 5,50 --hold 3m --max-errors 2% --max-p95 1.5x --allow cookie:tester=yes --check true --check https://ci.example.com/canary --manual --reason why',
    'canary promote --yes --detach',
    'canary abort --yes --reason slow',
    'canary pause',
    'canary resume',
    'canary set 12.5%',
  ]) {
    const { code, complained } = await typed(running, line)
    assert.equal(code, 0, `${line}: ${complained}`)
    const words = (text: string): string[] =>
      text
        .split(/[ =]/)
        .filter((word) => word !== '--yes')
        .sort()
    const { command } = (await running.inSwarm(() => running.api.audit.read()))[0] ?? assert.fail()
    assert.deepEqual(words(command), words(`swarm ${line}`), line)
  }
})

test('a share that was set is told as by the command', async (t) => {
  const running = await withCanary(t)
  const { code, said } = await typed(running, 'canary set 10%')
  assert.deepEqual(
    [code, said],
    [0, 'site/webapp canary 2: 10 % of visitors by hand, aborted if it is worse\n'],
  )
})

test('what ends an app or a canary is not done without being confirmed', async (t) => {
  const running = await withCanary(t)
  for (const line of ['stop', 'canary promote', 'canary abort']) {
    const { code, complained } = await typed(running, line)
    assert.equal(code, 1)
    assert.match(complained, /no terminal to ask on/)
  }
  assert.equal(running.performed.length, 0)
})

test('what is wrong is told as a failure of the command', async (t) => {
  const running = await runningApi(t)
  assert.match(
    (await typed(running, 'update', 'read')).complained,
    /needs the role deploy\.\nUse a token of that/,
  )
  assert.match((await typed(running, 'status', 'nobody')).complained, /A known token is needed/)
  assert.match((await typed(running, '--env dogfood/other status')).complained, /has no such app/)
  const gone = { ...running, url: 'http://127.0.0.1:1' }
  assert.match((await typed(gone, 'status')).complained, /^http:\/\/127\.0\.0\.1:1 does not answer: /)
})

test('what no API can do, and what would show the token, is not understood', async (t) => {
  const running = await runningApi(t)
  for (const [line, why] of [
    ['up', /asks the engine/],
    ['exec webapp', /asks the engine/],
    ['update --dry-run', /--dry-run asks the engine/],
  ] as const) {
    const { code, complained } = await typed(running, line)
    assert.equal(code, 2, line)
    assert.match(complained, why)
  }
  for (const url of ['http://control.example.com', 'ftp://127.0.0.1', 'control', 'https://a:b@example.com'])
    assert.equal((await typed({ ...running, url }, 'status')).code, 2, url)
  const { told, context } = screen({ directory: running.folder, env: { SWARM_ENV: 'dogfood/production' } })
  assert.equal(await run(['--api', running.url, 'status'], context), 2)
  assert.match(told.complained, /set SWARM_API_TOKEN/)
})

test('the token goes nowhere else: a redirect is not followed', async (t) => {
  const asked: (string | undefined)[] = []
  const server = createServer(({ url, headers }, answer) => {
    asked.push(url)
    answer.writeHead(302, { location: `http://${headers.host}/elsewhere` }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const running = await runningApi(t)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  assert.equal((await typed({ ...running, url }, 'status')).code, 1)
  assert.deepEqual(asked, [`/v1/apps/${STACK}`])
})

test('the verbs with an API are verbs of the command', () => {
  const names = verbs.map(({ name }) => name)
  for (const name of [...Object.keys(remoteChanges), ...Object.keys(remoteReading)])
    assert.ok(names.includes(name), name)
})

test('who leaves a change under way is told that control goes on with it', async (t) => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const running = await withCanary(t, { restart: () => promise })
  const leaving = new AbortController()
  const left = typed(running, 'restart slow --yes', 'deploy', leaving.signal)
  setTimeout(() => leaving.abort(new Interrupted('SIGINT')), 500)
  const { code, complained } = await left
  resolve(0)
  assert.equal(code, 130)
  assert.match(complained, /^Control goes on with task \S+: "swarm status" tells how the app is\.$/m)
})
