import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { encodeCanary, stateName } from '../../../kit/canary/canary-json.ts'
import type { Canary } from '../../../kit/canary/state.ts'
import { followCanary } from '../../../kit/commands/canary-follow.ts'
import { inEnvironment } from '../../../kit/environment.ts'
import { Failure } from '../../../kit/failure.ts'
import { screen } from '../cli/screen.ts'
import { canary } from '../control/parts.ts'
import { inTurn } from '../swarm/in-turn.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'

const STACK = 'app-lab'

const stateOf = (number: number, value: Canary): string =>
  JSON.stringify({
    ...{ ID: `s${number}`, CreatedAt: '2026-11-22T00:00:00Z' },
    Spec: {
      Name: stateName(STACK, number),
      Labels: { 'dogfood.kind': 'canary' },
      Data: Buffer.from(encodeCanary(value)).toString('base64'),
    },
  })

/** Follows state 1 while the swarm has these states at each look; how that ends, and what was said. */
async function followed(t: TestContext, ...looks: readonly (readonly string[])[]) {
  const { folder, env } = recordedSwarm(
    t,
    `${inTurn(
      'config ls',
      looks.map((states) => (states.length > 0 ? 'echo any' : ':')),
    )}
     ${inTurn(
       'config inspect',
       looks.filter((states) => states.length > 0).map((_, at) => `cat "$(dirname "$0")/look${at}"`),
     )}`,
  )
  const some = looks.filter((states) => states.length > 0)
  for (const [at, states] of some.entries()) writeFileSync(join(folder, `look${at}`), `[${states.join()}]`)
  const { context, told } = screen()
  const [ended] = await Promise.allSettled([inEnvironment(env, () => followCanary(STACK, 1, context))])
  return { ended, told }
}

const first = stateOf(1, canary())
const phase = { kind: 'ended', result: 'promoted', since: new Date(0).toISOString() } as const
const isGone = (ended: PromiseSettledResult<number> | undefined): boolean =>
  ended?.status === 'rejected' && ended.reason instanceof Failure && ended.reason.kind === 'not found'

test('whoever follows a canary is told when its app was deleted', { timeout: 20_000 }, async (t) => {
  assert.ok(isGone((await followed(t, [first], [])).ended))
  assert.ok(isGone((await followed(t, [])).ended))
})

test('what another canary does is not told of the one before', { timeout: 20_000 }, async (t) => {
  const { ended, told } = await followed(t, [first], [stateOf(2, canary({ id: 'c9', phase }))])
  assert.ok(isGone(ended))
  assert.equal(told.said, '')
})

test('of an aborted one is told which lines of the logs are left', { timeout: 20_000 }, async (t) => {
  const cause = { reason: 'worse than the old version', evidence: [] }
  const aborted = { ...phase, ...cause, result: 'aborted' } as const
  const { ended } = await followed(t, [first], [first, stateOf(2, canary({ phase: aborted }))])
  assert.ok(ended?.status === 'rejected' && ended.reason instanceof Failure)
  // As HAProxy writes it, with the space.
  assert.match(ended.reason.todo, /lines of the balancer with "side": "canary"/)
})

test('a canary is followed to its end', { timeout: 20_000 }, async (t) => {
  const { ended, told } = await followed(t, [first], [first, stateOf(2, canary({ phase }))])
  assert.deepEqual(ended, { status: 'fulfilled', value: 0 })
  assert.match(told.said, /ended, site\/webapp runs its image/)
})
