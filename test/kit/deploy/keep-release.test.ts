import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Release, writeRelease } from '../../../kit/deploy/release.ts'
import { keepRelease } from '../../../kit/deploy/releases.ts'
import { CommandError } from '../../../kit/docker.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { fails, inTurn, NO_LEADER } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const release = (number: number): Release => ({
  number,
  who: 'ann@host',
  when: '2026-11-21T18:33:05.000Z',
  reason: 'up',
  environment: 'me/lab',
  stack: 'services: {}\n',
  images: [],
  secrets: [],
  configs: [],
  specs: {},
})
const kept = Array.from({ length: 10 }, (_, index) => ({ ...release(11 - index), id: `id${11 - index}` }))

const LATE = fails(
  'Error response from daemon: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
)
const TAKEN = fails(
  'Error response from daemon: rpc error: code = AlreadyExists desc = config already exists',
)
const GONE = fails('Error response from daemon: config id2 not found')

/** Keeps release 12, of a swarm that answers so to each attempt, and has this content under the name. */
function keeping(t: TestContext, create: readonly string[], content = '', remove: readonly string[] = [':']) {
  const config = {
    ID: 'id12',
    CreatedAt: '',
    Spec: { Name: 'app-lab_release-12', Data: Buffer.from(content).toString('base64') },
  }
  const { env, asked } = recordedSwarm(
    t,
    `${inTurn('config create', create)}
     ${inTurn('config rm', remove)}
     'config inspect'*) echo '${JSON.stringify([config])}' ;;`,
  )
  const working = inEnvironment(env, () => keepRelease('app-lab', release(12), kept))
  return { working, asked: () => asked().map((line) => line.split(' ').slice(0, 2).join(' ')) }
}

test('a release is kept though the swarm is silent for a moment, and the oldest goes', async (t) => {
  const { working, asked } = keeping(t, [NO_LEADER, ':'], '', [NO_LEADER, ':'])
  await working
  assert.deepEqual(asked(), ['config create', 'config create', 'config rm', 'config rm'])
})

test('what the swarm did without docker hearing of it is done', async (t) => {
  const { working, asked } = keeping(t, [LATE, TAKEN], writeRelease(release(12)), [LATE, GONE])
  await working
  assert.deepEqual(asked(), ['config create', 'config create', 'config inspect', 'config rm', 'config rm'])
})

test('another release of the same number is not taken for this one', async (t) => {
  const { working } = keeping(t, [TAKEN], writeRelease({ ...release(12), who: 'bob@host' }))
  await assert.rejects(working, CommandError)
})
