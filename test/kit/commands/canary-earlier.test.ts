import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { untilEarlierGone } from '../../../kit/commands/canary-earlier.ts'
import { dryRun } from '../../../kit/dry-run.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'
import { inTurn } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const STACK = 'app-lab'
const EARLIER = JSON.stringify([
  {
    ...{ ID: 'c', CreatedAt: '', UpdatedAt: '' },
    Spec: { Name: 'app-lab_web-canary', Labels: { 'dogfood.kind': 'canary' }, TaskTemplate: {}, Mode: {} },
  },
])

/** Waits in a swarm whose list of services is this at each look. */
function waiting(t: TestContext, ...looks: readonly string[]) {
  const { env, asked } = recordedSwarm(
    t,
    `${inTurn('service ls', looks)}
     'service inspect'*) echo '${EARLIER}' ;;`,
  )
  const { context, told } = screen()
  const wait = (waitMs?: number) => inEnvironment(env, () => untilEarlierGone(STACK, context, waitMs))
  return { wait, asked, told }
}

test('the next canary waits, and says so once, until the service of the one before is gone', async (t) => {
  const { wait, told } = waiting(t, 'echo c', 'echo c', ':')
  await wait()
  assert.equal(told.said, 'Waiting until the instances of the canary before are gone: app-lab_web-canary.\n')
})

test('without an earlier one nobody waits, nor in a dry run', async (t) => {
  const none = waiting(t, ':')
  await none.wait()
  assert.equal(none.told.said, '')
  const dry = waiting(t, 'echo c')
  await dryRun(
    () => undefined,
    () => dry.wait(),
  )
})

test('one that stays is named, with what removes it', async (t) => {
  const { wait } = waiting(t, 'echo c')
  await assert.rejects(
    wait(-1),
    (error) =>
      error instanceof Failure &&
      error.kind === 'timed out' &&
      /service rm app-lab_web-canary/.test(error.todo),
  )
})
