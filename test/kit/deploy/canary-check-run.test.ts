import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { runCheckJob } from '../../../kit/deploy/canary-check-run.ts'
import { checkJobOf, hasWayOut, isCheckJob } from '../../../kit/deploy/canary-checks.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import type { Task } from '../../../kit/swarm/tasks.ts'
import { canary } from '../control/parts.ts'
import { fails } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { service, stackOf } from './stacks.ts'

const target = stackOf({
  'site-webapp': service('site/webapp', {
    environment: { PRICE: '$5' },
    networks: { other: { aliases: ['webapp'] } },
    secrets: [{ source: 'token', target: '/run/secrets/token', mode: 0o444 }],
  }),
  'site-worker': service('site/worker'),
})

const task = (state: Task['state'], more: Partial<Task> = {}): Task =>
  ({ id: 'task1', state, message: state, error: '', ...more }) as Task

/** Runs a command as a check while the tasks of its job are these, one at each look. */
async function runWith(t: TestContext, looks: readonly Task[][], { log = ':', signal = never() } = {}) {
  const { folder, env, asked } = recordedSwarm(
    t,
    `'config inspect'*) cat "$(dirname "$0")/target" ;;
     'stack deploy'*) cat > "$(dirname "$0")/deployed" ;;
     'service logs'*) ${log} ;;
     'service rm'*) ;;`,
  )
  const content = gzipSync(printStack(target)).toString('base64')
  const config = {
    ID: 'c',
    CreatedAt: '',
    Spec: { Name: 'x', Data: Buffer.from(content).toString('base64') },
  }
  writeFileSync(join(folder, 'target'), JSON.stringify([config]))
  let look = 0
  const tasks = async () => looks[Math.min(look++, looks.length - 1)] ?? []
  const check = { stack: 'app-lab', canary: canary(), command: ['node', 'check.ts', '$x'], tasks, signal }
  const [ended] = await Promise.allSettled([inEnvironment(env, () => runCheckJob(check))])
  const deployed = join(folder, 'deployed')
  return {
    ended,
    removed: asked().filter((line) => /^service rm app-lab_site-webapp-run-/.test(line)).length,
    services: existsSync(deployed) ? readStack(readFileSync(deployed, 'utf8')).services : {},
  }
}

const never = () => new AbortController().signal

test('a command runs as what the canary is, finds the canary, and its job is removed', async (t) => {
  const { ended, removed, services } = await runWith(t, [[], [task('running')], [task('complete')]], {
    log: 'printf "one\\n\\033[1mtwo\\n"',
  })
  assert.deepEqual(ended, {
    status: 'fulfilled',
    value: { passed: true, evidence: ['it ends with 0', 'one', '[1mtwo'] },
  })
  assert.equal(removed, 1)
  const [job] = Object.values(services)
  assert.deepEqual(job?.command, ['node', 'check.ts', '$x'])
  assert.deepEqual(job?.environment, { PRICE: '$5', CANARY_HOST: 'tasks.app-lab_site-webapp-canary' })
  assert.deepEqual(job?.networks, { other: {} })
  assert.deepEqual(job?.secrets?.length, 1)
  assert.ok(isCheckJob({ kind: job?.deploy.labels['dogfood.kind'] ?? '', labels: job?.deploy.labels ?? {} }))
})

test('another exit code fails, with the end of the log', async (t) => {
  const { ended, removed } = await runWith(t, [[task('failed', { exitCode: 7 })]], { log: 'seq 1 12' })
  const value = {
    passed: false,
    evidence: ['it ends with 7', ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(String)],
  }
  assert.deepEqual([ended, removed], [{ status: 'fulfilled', value }, 1])
})

test('a log that cannot be had changes nothing', async (t) => {
  const { ended } = await runWith(t, [[task('complete')]], { log: fails('no such task') })
  assert.ok(ended.status === 'fulfilled' && ended.value.passed)
})

test('what did not run to its end decides nothing, and is removed, too', async (t) => {
  const endings: readonly (readonly [Task[][], RegExp])[] = [
    [[[task('shutdown', { exitCode: 0 })]], /^It was ended before it was done: shutdown\.$/],
    [[[task('rejected', { error: 'No such image' })]], /^It could not run: No such image\.$/],
    [[[task('running')], []], /^Somebody removed its job\.$/],
  ]
  for (const [looks, says] of endings) {
    const { ended, removed } = await runWith(t, looks)
    assert.ok(ended.status === 'rejected' && ended.reason instanceof Failure)
    assert.match(ended.reason.message, says)
    assert.equal(removed, 1)
  }
})

test('a command that takes too long fails, and one that nobody waits for is broken off', async (t) => {
  const late = new AbortController()
  t.mock.method(AbortSignal, 'timeout', () => late.signal)
  setTimeout(() => late.abort(), 300)
  const slow = await runWith(t, [[task('running')]], { log: 'echo still' })
  const value = { passed: false, evidence: ['it takes longer than 60 s', 'still'] }
  assert.deepEqual([slow.ended, slow.removed], [{ status: 'fulfilled', value }, 1])
  t.mock.restoreAll()
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 300)
  const left = await runWith(t, [[task('running')]], { signal: controller.signal })
  assert.deepEqual([left.ended.status, left.removed], ['rejected', 1])
})

test('the name of a job with its stack has 63 characters at most', () => {
  const long = stackOf({ ['c'.repeat(32)]: service('site/webapp') })
  const { job } = checkJobOf('a'.repeat(30), long, canary(), ['true'])
  assert.ok(`${'a'.repeat(30)}_${job}`.length <= 63)
})

test('a control has a way out by a network that is not internal', () => {
  const control = service('site/control', {
    environment: { CONTROL_STACK: 'app-lab' },
    networks: { other: {}, out: {} },
  })
  const out = { driver: 'overlay', internal: false, labels: {} } as const
  assert.equal(hasWayOut(stackOf({ control })), false)
  assert.equal(hasWayOut(stackOf({ control }, { networks: { out } })), true)
  assert.equal(
    hasWayOut(stackOf({ web: service('site/web', { networks: { out: {} } }) }, { networks: { out } })),
    false,
  )
})
