import assert from 'node:assert/strict'
import { Agent } from 'node:https'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Machine } from '../lab/cluster/layout.ts'
import { type CanarySite, startCanarySite } from './canary-site.ts'
import { ask } from './canary-visitors.ts'

const VISITORS = 1000
const STEPS = [5, 25, 50, 100]
const AT_ONCE = 16
/** Three and a half standard deviations of a share of a thousand. */
const tolerance = (percent: number): number => 3.5 * Math.sqrt((percent * (100 - percent)) / VISITORS)

let site: CanarySite
before(async () => {
  site = await startCanarySite({ good: [] })
})
after(() => site?.delete())

type Cookies = Map<string, string>

/** Who had the canary's page of this node, by number. */
async function sidesOn(node: Machine, visitors: readonly Cookies[]): Promise<Set<number>> {
  const had = new Set<number>()
  const left = [...visitors.keys()]
  // A connection that was used before a change is answered once more by the split before: see docs/decisions/032.
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, rejectUnauthorized: false })
  const visitAll = async () => {
    for (let visitor = left.pop(); visitor !== undefined; visitor = left.pop()) {
      const { status, release } = await ask(agent, node, '/', {}, visitors[visitor] ?? new Map())
      assert.equal(status, 200)
      if (release === 'good') had.add(visitor)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, visitAll)).finally(() => agent.destroy())
  return had
}

test('a thousand visitors have the same side on every node, and keep it at every step', async (t) => {
  const args = ['canary', 'start', 'webapp=good', '--steps', STEPS.join(), '--manual', '--detach']
  await site.good(args)
  await site.untilIn('stepping')
  const visitors = Array.from({ length: VISITORS }, (): Cookies => new Map())
  let before = new Set<number>()
  for (const step of STEPS) {
    await site.good(['canary', 'set', `${step}%`])
    await sleep(3000)
    const sides: Set<number>[] = []
    for (const node of site.cluster.nodes) sides.push(await sidesOn(node, visitors))
    const [here = new Set<number>()] = sides
    for (const there of sides) assert.deepEqual([...there].sort(), [...here].sort())
    assert.deepEqual(
      [...before].filter((visitor) => !here.has(visitor)),
      [],
    )
    const share = (100 * here.size) / VISITORS
    t.diagnostic(`${step} %: ${share} % of ${VISITORS} visitors, on each of ${sides.length} nodes`)
    assert.ok(Math.abs(share - step) <= tolerance(step), `${share} % instead of ${step} %`)
    before = here
  }
  await site.swarm(['canary', 'abort', '--yes'])
  await site.untilGone()
})
