import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Machine } from '../lab/cluster/layout.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { type CanarySite, killOn, shareOf, startCanarySite } from './canary-site.ts'
import { failedOf, turnedBack, type Visits } from './canary-visitors.ts'
import { STACK, tasksOf } from './site.ts'

let site: CanarySite
before(async () => {
  site = await startCanarySite({ better: [], good: [] })
})
after(() => site?.delete())
afterEach(() => site?.endVisits())

const others = (node: Machine): Machine[] => site.cluster.nodes.filter((machine) => machine !== node)

async function killControl(): Promise<void> {
  const home = async () => {
    const [control] = await tasksOf('site-control', site.site.stores)
    return site.cluster.nodes.find(({ name }) => name === control?.node)
  }
  await until(async () => (await home()) !== undefined, 'a control', 60)
  const node = await home()
  if (node) await killOn(node, 'site-control')
}

const killBalancer = (): Promise<void> => killOn(site.cluster.nodes[1], 'site-webapp-balancer')

/** The leader, which is none that the stores are on: they are the only ones of their kind. */
async function leaderWithoutStores(): Promise<Machine> {
  const { stores } = site.site
  if ((await site.cluster.leader()) !== stores) return site.cluster.leader()
  const [other] = others(stores)
  assert.ok(other)
  await dockerOn(other, 'node', 'demote', stores.name)
  await until(async () => (await site.cluster.leader()) !== stores, 'another leader', 60)
  // The swarm may be about to change the node itself: then it says "update out of sequence".
  const promote = () => dockerOn(other, 'node', 'promote', stores.name)
  await until(async () => (await promote()) !== '', 'another manager', 60)
  await site.cluster.ready()
  return site.cluster.leader()
}

/** Whether the front of a node can ask the balancers of all. */
async function seesAll(node: Machine): Promise<boolean> {
  const [front = ''] = (await dockerOn(node, 'ps', '--quiet', '--filter', `name=${STACK}_site-nginx.`)).split(
    '\n',
  )
  const found = await dockerOn(node, 'exec', front, 'getent', 'ahostsv4', 'webapp')
  return new Set(found.match(/^[\d.]+/gm)).size === site.cluster.nodes.length
}

/** Waits until every instance is there that is wanted, and known everywhere: one fault at a time. */
async function settled(): Promise<void> {
  const status = () => site.good(['status', '--json'], { by: site.site.stores })
  const isUp = async () => JSON.parse(await status()).state === 'up'
  await until(isUp, 'all instances', 120)
  // Where a node was cut off, Docker's DNS knows the addresses beyond the cut some seconds later than the swarm.
  const doAllSee = async () => (await Promise.all(site.cluster.nodes.map(seesAll))).every(Boolean)
  await until(doAllSee, 'all balancers in the DNS of each node', 90)
  // Fronts ask their own balancer again within a second.
  await sleep(2000)
}

/** Cuts the leader off while visitors of the other nodes go on, and have their share of the canary. */
async function cutLeader(isRight: (visits: Visits) => boolean): Promise<void> {
  const leader = await leaderWithoutStores()
  const visits = site.visit(others(leader), { perSecond: 200 })
  await sleep(3000)
  await site.cluster.cut(leader)
  await sleep(15_000)
  // Where all instances of the canary were on that node, the old version has its visitors until there are others.
  await until(async () => isRight(visits), 'the split', 60)
  await site.cluster.heal(leader)
  await site.cluster.ready()
  assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
  await settled()
}

const STEPS = [20, 60, 100]

for (const [index, step] of STEPS.entries())
  test(`at ${step} % the canary outlives its control, a balancer and the leader`, async () => {
    if (step === STEPS[0]) {
      await site.good(['canary', 'start', 'webapp=better', '--steps', STEPS.join(), '--manual', '--detach'])
      await site.untilIn('stepping')
    } else await site.good(['canary', 'set', `${step}%`])
    const between = ((STEPS[index - 1] ?? 0) + step) / 200
    const isRight = (visits: Visits, node?: Machine) => shareOf(visits, 'better', node) > between
    const visits = site.visit()
    // The share of a few visits is chance.
    await sleep(2000)
    await until(async () => isRight(visits), 'visitors on the canary')
    await killControl()
    await sleep(1000)
    const shares = () => site.cluster.nodes.map((node) => `${node.name} ${shareOf(visits, 'better', node)}`)
    assert.ok(isRight(visits), `without control the split stays, and is ${shares().join(', ')}`)
    await killBalancer()
    await until(async () => isRight(visits, site.cluster.nodes[1]), 'the balancer with its split', 60)
    assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
    assert.deepEqual(turnedBack(visits.all, 'better'), [])
    await settled()
    await cutLeader(isRight)
  })

async function isPromoted(): Promise<void> {
  await site.untilIn('ended', 240)
  const status = await site.status({ by: site.site.stores })
  assert.equal(status?.phase.result, 'promoted', JSON.stringify(status?.phase))
  await site.untilGone()
}

test('a promotion outlives its control and a balancer', async () => {
  const visits = site.visit()
  await site.good(['canary', 'promote', '--yes', '--detach'])
  await sleep(2000)
  await killControl()
  await sleep(2000)
  await killBalancer()
  await sleep(10_000)
  assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
  await isPromoted()
  await settled()
})

test('a promotion outlives the leader', async () => {
  await site.good(['canary', 'start', 'webapp=good', '--steps', '50,100', '--manual', '--detach'])
  await site.untilIn('stepping')
  await site.good(['canary', 'promote', '--yes', '--detach'])
  await cutLeader((seen) => shareOf(seen, 'good') === 1)
  await isPromoted()
})

for (const [fault, strike] of [
  ['its control', killControl],
  ['a balancer', killBalancer],
] as const)
  test(`an abort outlives ${fault}`, async () => {
    await site.good(['canary', 'start', 'webapp=better', '--steps', '50,100', '--manual', '--detach'])
    await site.untilIn('stepping')
    const visits = site.visit()
    await until(async () => shareOf(visits, 'better') > 0.2, 'visitors on the canary')
    const aborting = site.swarm(['canary', 'abort', '--yes', '--detach'])
    await strike()
    await aborting
    await until(async () => shareOf(visits, 'better') === 0, 'nobody on the canary', 60)
    await site.untilGone()
    assert.deepEqual(failedOf(await visits.stop()).slice(0, 5), [])
  })

test('a start outlives its control', async () => {
  const starting = site.swarm([
    'canary',
    'start',
    'webapp=better',
    '--steps',
    '50,100',
    '--manual',
    '--detach',
  ])
  await site.untilIn('starting')
  await killControl()
  assert.equal((await starting).exit, 0)
  await site.untilIn('stepping', 120)
  await site.swarm(['canary', 'abort', '--yes'])
  await site.untilGone()
})
