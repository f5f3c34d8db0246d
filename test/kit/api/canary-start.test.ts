import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readStates } from '../../../kit/canary/store.ts'
import { printStack } from '../../../kit/compile/print.ts'
import { readStack } from '../../../kit/compile/read-stack.ts'
import { readTarget } from '../../../kit/deploy/canary-kept.ts'
import { keepRelease } from '../../../kit/deploy/releases.ts'
import { service, stackOf } from '../deploy/stacks.ts'
import { endedTask, type RunningApi, runningApi, STACK } from './running-api.ts'

const app = `/v1/apps/${STACK}`
const { deploy } = service('site/webapp')
const released = stackOf({
  'site-webapp': service('site/webapp', {
    image: `registry/webapp:1@sha256:${'1'.repeat(64)}`,
    environment: { PRICE: '$5' },
    networks: { other: {} },
  }),
  'site-webapp-balancer': service('site/webapp', {
    environment: { SLOTS: '10', CANARY_INSTANCES: 'tasks.canary' },
    deploy: { ...deploy, labels: { ...deploy.labels, 'dogfood.kind': 'balancer' } },
  }),
})

const withRelease = ({ inSwarm }: RunningApi): Promise<void> =>
  inSwarm(() =>
    keepRelease(
      STACK,
      {
        ...{ number: 3, who: 'ann', when: '2026-11-21T16:33:05Z', reason: 'up', environment: 'org/env' },
        ...{ stack: printStack(released), images: [], secrets: [], configs: [], specs: {} },
      },
      [],
    ),
  )

test('without a definition a canary is what the release has, with another image', async (t) => {
  const running = await runningApi(t)
  const { call, inSwarm, folder } = running
  await withRelease(running)
  const body = { component: 'webapp', tag: '2', steps: '10,50', allow: ['cookie:tester=yes'], detach: true }
  const task = await endedTask(running, await call('deploy', 'POST', `${app}/canary`, body))
  assert.equal(task.problem?.detail, undefined)
  assert.match(task.lines[0]?.text ?? '', /^site\/webapp canary 2: starts beside release 3/)
  const [state] = await inSwarm(() => readStates(STACK))
  assert.ok(state)
  const image = `registry/webapp:2@sha256:${'2'.padStart(64, '0')}`
  assert.deepEqual(
    [state.who, state.canary.image, state.canary.steps],
    ['deploy (api)', image, [10, 50, 100]],
  )
  assert.deepEqual(task.result, { changed: true, canary: state.canary.id })
  const target = await inSwarm(() => readTarget(STACK, state.canary.id))
  const before = released.services['site-webapp']
  // As many instances as run, of which three were recorded.
  const wanted = { ...before, image, deploy: { ...before?.deploy, replicas: 3 } }
  assert.deepEqual(target.services['site-webapp'], wanted)
  const { services } = readStack(readFileSync(join(folder, 'deployed'), 'utf8'))
  assert.deepEqual(Object.keys(services), ['site-webapp-canary'])
  assert.deepEqual(services['site-webapp-canary']?.environment, before?.environment)
})

test('checks are kept with the canary, and a hook that a control may not reach is warned of', async (t) => {
  const running = await runningApi(t)
  await withRelease(running)
  const checks = ['node app/check.ts', 'https://ci.example.com/canary?key=s3cret']
  const body = { component: 'webapp', tag: '2', checks, detach: true }
  const task = await endedTask(running, await running.call('deploy', 'POST', `${app}/canary`, body))
  assert.equal(task.problem, undefined)
  const complained = task.lines.filter(({ to }) => to === 'errors').map(({ text }) => text)
  assert.match(complained.join(), /the control has no way out of the app/)
  const [state] = await running.inSwarm(() => readStates(STACK))
  assert.deepEqual(state?.canary.checks, checks)
  for (const wrong of [['https://ann:s3cret@ci.example.com/'], Array(6).fill('true')]) {
    const refused = await running.call('deploy', 'POST', `${app}/canary`, { ...body, checks: wrong })
    const problem = await refused.text()
    assert.equal(refused.status, 422)
    assert.ok(!problem.includes('s3cret'))
  }
})

test('wrong terms are refused before a canary is begun', async (t) => {
  const running = await runningApi(t)
  for (const [wrong, why] of [
    [{ steps: 'abc' }, /--steps has "abc"/],
    [{ hold: 'never' }, /--hold never/],
    [{ maxErrors: '1' }, /--max-errors 1 /],
    [{ maxP95: '2' }, /--max-p95 2 /],
    [{ allow: ['everybody'] }, /--allow everybody/],
  ] as const) {
    const body = { component: 'webapp', tag: '2', ...wrong }
    const answer = await running.call('deploy', 'POST', `${app}/canary`, body)
    const { code, detail } = (await answer.json()) as { code: string; detail: string }
    assert.deepEqual([answer.status, code], [422, 'usage'])
    assert.match(detail, why)
  }
  assert.deepEqual([running.performed.length, running.api.tasks.list()], [0, []])
})

test('of a component without a balancer that knows canaries there is none', async (t) => {
  const running = await runningApi(t)
  await withRelease(running)
  const body = { component: 'site/worker', tag: '2', detach: true }
  const task = await endedTask(running, await running.call('deploy', 'POST', `${app}/canary`, body))
  assert.equal(task.problem?.code, 'not found')
})
