import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { printStack } from '../../../kit/compile/print.ts'
import { keepRelease } from '../../../kit/deploy/releases.ts'
import { endedTask, runningApi, STACK } from '../api/running-api.ts'
import { service, stackOf } from '../deploy/stacks.ts'
import { inTurn } from '../swarm/in-turn.ts'

const { deploy } = service('site/webapp')
const balancer = { ...deploy, labels: { ...deploy.labels, 'dogfood.kind': 'balancer' } }
const released = stackOf({
  'site-webapp': service('site/webapp', { image: `registry/webapp:1@sha256:${'1'.repeat(64)}` }),
  'site-webapp-balancer': service('site/webapp', {
    environment: { CANARY_INSTANCES: 'tasks.canary' },
    deploy: balancer,
  }),
})
const NAME = `${STACK}_site-webapp-canary`
const earlier = {
  ...{ ID: 'canary', CreatedAt: '', UpdatedAt: '' },
  Spec: { Name: NAME, Labels: { 'dogfood.kind': 'canary' }, TaskTemplate: {}, Mode: {} },
}

test('a canary that follows another one begins once the service of that is gone', async (t) => {
  const running = await runningApi(t)
  const docker = join(running.folder, 'docker')
  const once = `case "$*" in
    ${inTurn('service ls', ['echo canary', 'echo a; echo b'])}
    'service inspect canary') echo '${JSON.stringify([earlier])}' ;;`
  writeFileSync(
    docker,
    readFileSync(docker, 'utf8').replace('case "$*" in', () => once),
  )
  const release = {
    ...{ number: 3, who: 'ann', when: '2026-11-21T16:33:05Z', reason: 'up', environment: 'org/env' },
    ...{ stack: printStack(released), images: [], secrets: [], configs: [], specs: {} },
  }
  await running.inSwarm(() => keepRelease(STACK, release, []))
  const body = { component: 'webapp', tag: '2', detach: true }
  const answer = await running.call('deploy', 'POST', `/v1/apps/${STACK}/canary`, body)
  const { lines, problem } = await endedTask(running, answer)
  assert.equal(problem, undefined)
  const [waits, starts] = lines.map(({ text }) => text)
  assert.equal(waits, `Waiting until the instances of the canary before are gone: ${NAME}.`)
  assert.match(starts ?? '', /^site\/webapp canary 2: starts beside release 3/)
})
