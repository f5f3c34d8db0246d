import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { encodeCanary, stateName } from '../../../kit/canary/canary-json.ts'
import { workOn } from '../../../kit/control/work.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { screen } from '../cli/screen.ts'
import { fails, inTurn } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { canary, swarm } from './parts.ts'

const STACK = 'app-lab'
const HERE = '"$(dirname "$0")"'
const MADE = '2026-11-22T00:00:00Z'
const TAKEN = fails('Error response from daemon: config app-lab_lock already exists')

const config = (Name: string, kind: string, content: string): object => ({
  ...{ ID: `id-${Name}`, CreatedAt: MADE },
  Spec: { Name, Labels: { 'dogfood.kind': kind }, Data: Buffer.from(content).toString('base64') },
})

const started = config(stateName(STACK, 1), 'canary', encodeCanary(canary()))
const unused = config('app-lab_settings-0123', 'config', 'x')
const leftTarget = config('app-lab_canary-target-c1', 'canary-target', 'x')
const service = {
  ...{ ID: 'c', CreatedAt: MADE, UpdatedAt: MADE },
  Spec: { Name: 'app-lab_web-canary', Labels: { 'dogfood.kind': 'canary' }, TaskTemplate: {}, Mode: {} },
}

interface Left {
  /** What is answered to each try to take the lock. */
  readonly lock?: readonly string[]
  readonly states?: readonly object[]
  readonly services?: string
}

/** The work of a control in a swarm with what a canary left; `at` is its clock, in seconds after that was made. */
function left(t: TestContext, { lock = ['echo lock'], states = [], services = ':' }: Left = {}) {
  const { folder, env, asked } = recordedSwarm(
    t,
    `${inTurn('config create', lock)}
     'service ls'*) ${services} ;;
     'service inspect'*) echo '${JSON.stringify([service])}' ;;
     'service rm'* | 'config rm'*) ;;
     'config ls'*dogfood.canary*) echo canaries ;;
     'config ls'*) echo app ;;
     'secret ls'* | 'network ls'*) ;;
     'config inspect canaries') cat ${HERE}/canaries ;;
     'config inspect app') cat ${HERE}/app ;;
     'config inspect'*) echo '[{"ID":"lock","CreatedAt":"${MADE}","Spec":{"Name":"app-lab_lock"}}]' ;;`,
  )
  writeFileSync(join(folder, 'canaries'), JSON.stringify([leftTarget, ...states]))
  writeFileSync(join(folder, 'app'), JSON.stringify([unused]))
  const here = { at: 100 }
  const { context } = screen({ env, now: () => new Date(Date.parse(MADE) + here.at * 1000) })
  const work = workOn(STACK, 'org/lab', swarm(canary()).control.engine, context)
  const tidy = () => inEnvironment(env, () => work.tidy(undefined))
  const removed = () => asked().filter((line) => / rm /.test(line))
  return { here, tidy, removed, asked }
}

test('what a canary left is removed under the lock of deploys', async (t) => {
  const { tidy, removed } = left(t)
  assert.equal(await tidy(), true)
  assert.deepEqual(removed(), [
    'config rm id-app-lab_canary-target-c1',
    'config rm id-app-lab_settings-0123',
    'config rm lock',
  ])
})

test('while a deploy holds the lock it stays, and is looked after some seconds later', async (t) => {
  const { here, tidy, removed, asked } = left(t, { lock: [TAKEN, 'echo lock'] })
  assert.equal(await tidy(), false)
  assert.deepEqual(removed(), [])
  const before = asked().length
  here.at += 9
  assert.equal(await tidy(), false)
  assert.equal(asked().length, before, 'nobody is asked')
  here.at += 1
  assert.equal(await tidy(), true)
  assert.equal(removed().length, 3)
})

test('the service of an ended canary goes without the lock, that of one that has begun meanwhile stays', async (t) => {
  const ended = left(t, { lock: [TAKEN], services: 'echo c' })
  assert.equal(await ended.tidy(), false)
  assert.deepEqual(ended.removed(), ['service rm app-lab_web-canary'])
  const begun = left(t, { states: [started], services: 'echo c' })
  assert.equal(await begun.tidy(), false)
  assert.deepEqual(begun.removed(), [])
})
