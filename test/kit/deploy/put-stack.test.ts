import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { putStack } from '../../../kit/deploy/put-stack.ts'
import { dryRun } from '../../../kit/dry-run.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { fails, inTurn, NO_LEADER } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { service, stackOf } from './stacks.ts'

const inspected = (name: string, kind: string) => ({
  ID: name,
  Version: { Index: 1 },
  CreatedAt: '',
  UpdatedAt: '',
  Spec: {
    Name: `app-lab_${name}`,
    Labels: { 'dogfood.kind': kind },
    TaskTemplate: {},
    Mode: { Replicated: { Replicas: 1 } },
  },
})

/** A swarm with a component, one that the stack does not have, and a job of `swarm run`. */
function swarm(t: TestContext, deploy: readonly string[] = [':'], remove: readonly string[] = [':']) {
  const { folder, env, asked } = recordedSwarm(
    t,
    `'service inspect'*) cat "$(dirname "$0")/services" ;;
     ${inTurn('stack deploy', deploy)}
     ${inTurn('service rm', remove)}`,
  )
  const services = [
    inspected('web', 'component'),
    inspected('old', 'component'),
    inspected('web-run-01234567', 'run'),
  ]
  writeFileSync(join(folder, 'services'), JSON.stringify(services))
  const changes = () => asked().filter((line) => /^(?:service rm|stack deploy)/.test(line))
  const put = (prune: boolean) =>
    inEnvironment(env, () => putStack('app-lab', stackOf({ web: service('site/web') }), { prune }))
  return { put, changes }
}

const DEPLOY =
  'stack deploy --compose-file - --with-registry-auth --resolve-image never --detach=true app-lab'

test('what the stack does not have any more is removed first; a job that runs once is left alone', async (t) => {
  const { put, changes } = swarm(t)
  await put(true)
  assert.deepEqual(changes(), ['service rm app-lab_old', DEPLOY])
})

test('a part of a stack removes nothing', async (t) => {
  const { put, changes } = swarm(t)
  await put(false)
  assert.deepEqual(changes(), [DEPLOY])
})

test('what passes by itself is tried again, and what is gone by then is well', async (t) => {
  const gone = fails('Error: No such service: app-lab_old')
  const { put, changes } = swarm(t, [NO_LEADER, ':'], [':', gone])
  await put(true)
  assert.deepEqual(changes(), ['service rm app-lab_old', DEPLOY, 'service rm app-lab_old', DEPLOY])
})

test('a dry run tells what would be removed', async (t) => {
  const { put, changes } = swarm(t)
  const told: string[] = []
  await dryRun(
    (text) => void told.push(text),
    () => put(true),
  )
  assert.match(told.join(''), /^docker service rm app-lab_old\ndocker stack deploy /)
  assert.deepEqual(changes(), [])
})
