import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { run } from '../../../kit/cli/run.ts'
import { stackName } from '../../../kit/compile/names.ts'
import { removedAfter } from '../../../kit/deploy/job-removal.ts'
import { jobOf } from '../../../kit/deploy/run-once.ts'
import { serviceName } from '../../../kit/deploy/stack-parts.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'
import { fails, inTurn, NO_LEADER } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { type Moment, runIn } from './job-swarm.ts'
import { service, stackOf } from './stacks.ts'

const RUNNING: Moment = ['running']

test('a job ends with its exit code, and is removed', async (t) => {
  for (const [state, code] of [
    ['complete', 0],
    ['failed', 7],
  ] as const) {
    const { ended, removed } = await runIn(t, { moments: [RUNNING, [state, code]] })
    assert.deepEqual([ended, removed], [{ status: 'fulfilled', value: code }, 1])
  }
})

test('a swarm that is silent for a moment does not end a job', async (t) => {
  const moments: Moment[] = ['silent', RUNNING, 'silent', 'silent', ['complete', 0]]
  const { ended, removed } = await runIn(t, { moments })
  assert.deepEqual([ended, removed], [{ status: 'fulfilled', value: 0 }, 1])
})

test('what did not end by itself is no success, whatever its exit code', async (t) => {
  const endings: readonly (readonly [Moment, RegExp])[] = [
    [['shutdown', 0], /^It was ended before it was done: shutdown\.$/],
    [['orphaned', 0], /^It was ended before it was done/],
    [['failed', 0, 'starting container failed'], /^It could not run: starting container failed\.$/],
    [['rejected', 3, 'No such image'], /^It could not run: No such image\.$/],
  ]
  for (const [moment, said] of endings) {
    const { ended } = await runIn(t, { moments: [RUNNING, moment] })
    assert.ok(ended.status === 'rejected' && ended.reason instanceof Failure)
    assert.match(ended.reason.message, said)
  }
})

test('lines that still come after the end of a job are waited for', async (t) => {
  const log = `for line in 1 2 3 4 5; do echo "line $line"; sleep 0.3; done; exec sleep 60`
  const { ended, told } = await runIn(t, { moments: [['complete', 0]], log })
  assert.equal(ended.status, 'fulfilled')
  assert.equal(told.said, 'line 1\nline 2\nline 3\nline 4\nline 5\n')
})

const removing = async (t: TestContext, remove: readonly string[], work: () => Promise<number>) => {
  const { env, asked } = recordedSwarm(t, inTurn('service rm', remove))
  const { told, context } = screen()
  const [ended] = await Promise.allSettled([
    inEnvironment(env, () => removedAfter('app-lab_job', context.terminal, work)),
  ])
  return { ended, told, asked }
}

test('a job is removed as soon as the swarm answers, and one that is gone already is well', async (t) => {
  const gone = fails('Error: No such service: app-lab_job')
  const { ended, told, asked } = await removing(t, [NO_LEADER, gone], async () => 3)
  assert.deepEqual([ended, told.complained], [{ status: 'fulfilled', value: 3 }, ''])
  assert.equal(asked().length, 2)
})

test('a job that cannot be removed is told, and its exit code is that of the command all the same', async (t) => {
  const { ended, told } = await removing(t, [fails('rpc error: code = InvalidArgument')], async () => 0)
  assert.deepEqual(ended, { status: 'fulfilled', value: 0 })
  assert.match(told.complained, /`docker service rm app-lab_job` does it/)
})

test('a job of which the swarm tells nothing any more is left to its node', async (t) => {
  const { folder, env } = recordedSwarm(t, `'service rm'*) echo > "$(dirname "$0")/removed" ;;`)
  const { context } = screen()
  const silent = async () => {
    throw new Failure('unreachable', '', '', ['no leader'])
  }
  const working = inEnvironment(env, () => removedAfter('app-lab_job', context.terminal, silent))
  await assert.rejects(
    working,
    (error) => error instanceof Failure && /docker service logs app-lab_job/.test(error.todo),
  )
  assert.equal(existsSync(join(folder, 'removed')), false)
})

test('Swarm takes the name of every job', () => {
  const [name, key] = [stackName('a'.repeat(40), `org/${'b'.repeat(40)}`), 'c'.repeat(40)]
  const { job } = jobOf(stackOf({ [key]: service('site/web') }), key, [])
  assert.equal(name.length, 30)
  assert.ok(serviceName(name, job).length <= 63, serviceName(name, job))
})

test('a timeout that is no number of seconds is refused', async (t) => {
  const { folder, env } = recordedSwarm(t)
  for (const seconds of ['abc', '0', '-1']) {
    const { told, context } = screen({ directory: folder, env })
    assert.equal(await run(['run', 'webapp', `--timeout=${seconds}`], context), 2)
    assert.match(told.complained, /--timeout takes seconds/)
  }
})
