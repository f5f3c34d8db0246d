import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { encodeSides } from '../../kit/canary/sides.ts'
import { until } from '../until.ts'
import { type CanaryFront, startCanaryFront } from './front.ts'
import { ask } from './visit.ts'
import { PROBE, words } from './words.ts'

// Two questions for the split, and some time.
const HEARD_MS = 2500
const REACTION_MS = 1500

const first = words().next({ percent: 100 })
let front: CanaryFront
before(async () => {
  front = await startCanaryFront(encodeSides(first.sides))
})
after(() => front?.stop())

const side = async () => (await front.ask('/own')).text
const timesSaid = async (what: RegExp) =>
  (await front.logs()).split('\n').filter((line) => what.test(line)).length

test('a front that starts during a canary has it from its first visitor on', async () => {
  assert.equal((await front.ask({ path: '/own', headers: { [PROBE]: first.probe } })).text, 'canary')
  assert.equal(await timesSaid(/reading another split/), 1)
})

test('a word that differs by its version alone is nothing to read', async () => {
  await front.say(encodeSides({ ...first.sides, version: 99 }))
  await sleep(HEARD_MS)
  assert.equal(await timesSaid(/reading another split/), 1)
})

const good = encodeSides({ ...first.sides, version: 100, percent: 0 })
const bad = {
  'of another format': `2${good.slice(1)}`,
  'with a line more': `${good}\nload_module /tmp/x.so;`,
  'that breaks out of its place': good.replace(first.sides.salt, 'x";}}'),
  'with an address that is none, which nginx finds': `${good},:::1/999`,
  'without end': good.repeat(100),
  'of an error page': '<html>503</html>',
}

for (const [what, word] of Object.entries(bad))
  test(`a word ${what} changes nothing, and is told once`, async () => {
    const told = await timesSaid(/"level":"error","msg":"The split that the balancer names is refused/)
    await front.say(word)
    await sleep(HEARD_MS)
    assert.equal(await side(), 'canary')
    assert.equal(
      await timesSaid(/"level":"error","msg":"The split that the balancer names is refused/),
      told + 1,
    )
  })

test('without an answer the last split stays', async () => {
  await front.say('silence')
  await sleep(HEARD_MS)
  assert.equal(await side(), 'canary')
})

test('visitors get another split within a second and a half', async (t) => {
  const took: number[] = []
  for (let round = 0; round < 8; round += 1) {
    const wanted = round % 2 === 0 ? 'nobody' : 'canary'
    await sleep(100 * round)
    const begun = performance.now()
    await front.say(wanted === 'nobody' ? 'none' : encodeSides({ ...first.sides, version: 200 + round }))
    await until(async () => (await side()) === wanted, wanted)
    took.push(Math.round(performance.now() - begun))
  }
  t.diagnostic(`ms: ${took.join(', ')}`)
  assert.ok(Math.max(...took) < REACTION_MS, `${Math.max(...took)} ms`)
})

test('no request is lost while nginx reads ten splits under load', async (t) => {
  let done = false
  const statuses = new Map<number, number>()
  const visit = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let count = 0; !done; count += 1) {
      const { status } = await ask(front.port, { path: count % 2 === 0 ? '/own' : '/kept/load' }, agent)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    agent.destroy()
  }
  const visitors = Promise.all(Array.from({ length: 8 }, visit))
  for (let round = 0; round < 10; round += 1) {
    await front.say(
      round % 3 === 2 ? 'none' : encodeSides({ ...first.sides, version: 300 + round, percent: 5 + round }),
    )
    await sleep(1200)
  }
  done = true
  await visitors
  t.diagnostic(`${statuses.get(200)} requests`)
  assert.deepEqual([...statuses.keys()], [200])
  assert.equal(await timesSaid(/\[(?:emerg|alert|crit)\]/), 1, 'only the address that nginx refused')
})
