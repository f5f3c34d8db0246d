import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { decodeCanary, encodeCanary, stateName } from '../../../kit/canary/canary-json.ts'
import type { Canary } from '../../../kit/canary/state.ts'
import { run } from '../../../kit/cli/run.ts'
import { canary } from '../control/parts.ts'
import { recordedSwarm } from '../swarm/recorded-swarm.ts'
import { screen } from './screen.ts'

const STACK = 'dogfood-production'
const since = new Date(0).toISOString()
const stepping = canary({ phase: { kind: 'stepping', index: 0, since } })

/** Runs a verb while the swarm keeps these states of canaries. */
async function verb(t: TestContext, states: readonly Canary[], ...args: string[]) {
  const swarm = recordedSwarm(
    t,
    `'config create'*) cat > "$(dirname "$0")/written"; echo own ;;
     'config inspect '*record*) echo 'no such config' >&2; exit 1 ;;
     'config inspect'*) cat "$(dirname "$0")/states" ;;
     'config rm'*) ;;`,
  )
  const configs = states.map((state, at) => ({
    ID: `s${at + 1}`,
    CreatedAt: '2026-11-22T10:00:00.123456789Z',
    Spec: {
      Name: stateName(STACK, at + 1),
      Labels: { 'dogfood.kind': 'canary', 'dogfood.by': 'ada' },
      Data: Buffer.from(encodeCanary(state)).toString('base64'),
    },
  }))
  writeFileSync(join(swarm.folder, 'states'), JSON.stringify(configs))
  const { told, context } = screen({ directory: swarm.folder, env: { ...swarm.env, USER: 'ann' } })
  const exit = await run(args, context)
  const written = () => decodeCanary(readFileSync(join(swarm.folder, 'written'), 'utf8'))
  return { exit, told, asked: swarm.asked(), written }
}

test('a wish is written as the next state, with who wished it', async (t) => {
  const { exit, told, asked, written } = await verb(t, [canary(), stepping], 'canary', 'pause')
  assert.equal(exit, 0, told.complained)
  assert.match(told.said, /paused at 5 % of visitors/)
  assert.equal(written().phase.kind, 'paused')
  const create = asked.find((line) => line.startsWith('config create'))
  assert.match(create ?? '', /--label dogfood\.by=ann@\S+ dogfood-production_canary-3 -$/)
})

test('a share is set', async (t) => {
  const { written } = await verb(t, [stepping], 'canary', 'set', '12.5%')
  const { phase } = written()
  assert.ok(phase.kind === 'paused' && phase.share === 12.5)
})

test('what does not fit the state is refused, and nothing is written', async (t) => {
  const { exit, told, asked } = await verb(t, [stepping], 'canary', 'resume')
  assert.equal(exit, 1)
  assert.match(told.complained, /is not paused/)
  assert.ok(!asked.some((line) => line.startsWith('config create')))
})

test('without a canary there is nothing to be wished of one', async (t) => {
  const { exit, told } = await verb(t, [], 'canary', 'abort', '--yes')
  assert.equal(exit, 1)
  assert.match(told.complained, /No canary of dogfood-production is under way[\s\S]*swarm canary start/)
})

test('the status tells each change, and keeps the salt to itself', async (t) => {
  const states = [canary(), stepping]
  const { told } = await verb(t, states, 'canary', 'status')
  assert.match(told.said, /^2026-11-22T10:00:00Z {2}\S+ canary 2: starts beside release 3.*\(ada\)$/m)
  assert.match(told.said, /5 % of visitors have registry\/webapp:2/)
  const json = await verb(t, states, 'canary', 'status', '--json')
  assert.equal(JSON.parse(json.told.said).share, 5)
  assert.ok(!json.told.said.includes(stepping.salt))
})

test('the status says why it was begun where somebody gave a reason', async (t) => {
  const status = async (why: string) => (await verb(t, [canary({ why })], 'canary', 'status')).told.said
  assert.match(await status('search is\nfaster'), /^why: search is faster$/m)
  assert.doesNotMatch(await status('canary webapp=2'), /why/)
})

test('how long it may take until it is ready is nobody’s choice', async () => {
  const { told, context } = screen()
  assert.equal(await run(['canary', 'start', 'webapp=2', '--timeout', '5'], context), 2)
  assert.match(told.complained, /--timeout/)
})

test('while a canary is under way a deploy is refused, with both ways out', async (t) => {
  const { exit, told, asked } = await verb(t, [stepping], 'update', 'webapp=3')
  assert.equal(exit, 1)
  assert.match(told.complained, /canary 2 is under way, begun by ada\.\n.*canary promote.*canary abort/)
  assert.equal(asked.at(-1), 'config rm own', 'the lock is given back')
})

test('a dry run of a wish writes nothing', async (t) => {
  const { exit, told, asked } = await verb(t, [stepping], 'canary', 'abort', '--dry-run')
  assert.equal(exit, 0, told.complained)
  assert.match(told.said, /docker config create .*canary-2/)
  assert.ok(!asked.some((line) => line.startsWith('config create')))
})
