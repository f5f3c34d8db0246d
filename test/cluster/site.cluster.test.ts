import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { push } from '../lab/cluster/images.ts'
import { layoutOf, type Machine, TESTED } from '../lab/cluster/layout.ts'
import { type RunningProbe, type Seen, startProbe } from '../lab/cluster/probe.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { manual, type Reader, reader } from './manual.ts'
import { noneFailed } from './none-failed.ts'
import { tasksOf } from './site.ts'
import type { Ended } from './swarm.ts'
import { ask, introduced, reading, readingAndWriting } from './visitors.ts'

const STACK = 'dogfood-production'
const MOST_MILLISECONDS = 1600
const SETTINGS = {
  domain: 'localhost',
  registry: '127.0.0.1:5000',
  accounts_url: 'http://accounts.test',
  crm_url: 'outbox:',
}
/** What only the reader knows. */
const OWN_SECRETS = 'echo token >secrets/accounts_token; echo outbox: >secrets/mail_url'

let cluster: Cluster
let at: Reader
before(async () => {
  cluster = await clusterUp()
  await push(layoutOf(TESTED), 'registry:2', 'registry:2')
  at = await reader(cluster, SETTINGS)
})
after(async () => {
  // Other files deploy to the same ports.
  await at?.run({ heading: '', script: 'npx swarm delete --yes' })
  const registry = '--env dogfood/registry --file registry/swarm.json'
  await at?.run({ heading: '', script: `npx swarm ${registry} delete --yes` })
  at?.leave()
})

/** The node that the manual gives the stores whose folders lie on a node. */
const stores = (): Machine => cluster.nodes[2]

const blocks = manual()

/** Runs the blocks under a heading, the first or those that hold a text; each has to end well. */
async function follow(heading: string, has = ''): Promise<Ended[]> {
  const ended: Ended[] = []
  for (const block of blocks.filter((one) => one.heading === heading && one.script.includes(has))) {
    const { exit, output, seconds } = await at.run(block)
    assert.equal(exit, 0, `${block.script}\n${output}`)
    ended.push({ exit, output, seconds })
  }
  assert.ok(ended.length > 0, `no block with "${has}" under "${heading}"`)
  return ended
}

const besides = (...gone: readonly Machine[]): Machine[] =>
  cluster.nodes.filter((node) => !gone.includes(node))

const probes: RunningProbe[] = []
// One that a failed test left behind would keep the process alive.
afterEach(() => Promise.all(probes.splice(0).map((probe) => probe.stop())))

function watch(...args: Parameters<typeof startProbe>): RunningProbe {
  const probe = startProbe(...args)
  probes.push(probe)
  return probe
}

/** The node that leads, and is not the one with the stores: what lies on that node alone cannot go on elsewhere. */
async function leaderWithoutStores(): Promise<Machine> {
  const leader = await cluster.leader()
  if (leader !== stores()) return leader
  const [other] = besides(leader)
  assert.ok(other)
  await dockerOn(other, 'node', 'demote', leader.name)
  await until(async () => (await cluster.leader()) !== leader, 'another leader')
  await dockerOn(other, 'node', 'promote', leader.name)
  await cluster.ready()
  return cluster.leader()
}

const allElsewhere = (gone: Machine, by: Machine) => async (): Promise<boolean> => {
  const tasks = await tasksOf('site-webapp', by, STACK)
  return tasks.length === 3 && tasks.every(({ node }) => node !== gone.name)
}

const frontAnswers = (node: Machine) => async (): Promise<boolean> =>
  (await ask(node, '/invite')).status === 200

/** A front keeps a page for five seconds, and shows it once more while it gets the next. */
const showing = (node: Machine, release: string) => async (): Promise<boolean> =>
  (await ask(node, '/')).body.includes(`<code>${release}<`)

/** `before` is what the same visitors saw while all was well: this machine may be busy with something else. */
function unnoticed(seen: readonly Seen[], before: readonly Seen[]): void {
  noneFailed(seen)
  const usual = Math.max(...before.map(({ slowest }) => slowest))
  for (const { node, slowest } of seen) {
    console.log(`${node}: slowest ${slowest.toFixed(0)} ms, and ${usual.toFixed(0)} ms before`)
    assert.ok(slowest < MOST_MILLISECONDS + usual, `on ${node} the slowest took ${slowest.toFixed(0)} ms`)
  }
}

async function lost(lose: (node: Machine) => Promise<void>, giveBack: (node: Machine) => Promise<void>) {
  const gone = await leaderWithoutStores()
  const cookie = await introduced(stores(), 'Ann')
  const probe = watch(besides(gone), reading(cookie))
  await sleep(4000)
  const before = probe.since()
  let seen: Seen[] = []
  await lose(gone)
  try {
    await until(allElsewhere(gone, stores()), 'webapps on the other nodes', 120)
  } finally {
    seen = probe.since()
    await giveBack(gone)
  }
  await until(frontAnswers(gone), 'the front of the node', 120)
  const after = await probe.stop()
  await cluster.ready()
  unnoticed(seen, before)
  assert.deepEqual(
    after.flatMap(({ failed }) => failed),
    [],
  )
  assert.match((await ask(gone, '/session', { cookie })).body, /Ann/)
}

test('whoever follows the manual has a registry in the swarm, with the images of the site', async () => {
  await follow('Your machine', 'export')
  // What it finds, such as a kernel without IPVS, is the lab's business.
  const [doctor] = blocks.filter(({ script }) => script.includes('doctor'))
  assert.ok(doctor && (await at.run(doctor)).output.includes('quorum'))
  await follow('The registry')
  const [, , third] = cluster.nodes
  await dockerOn(third, 'pull', '--quiet', '127.0.0.1:5000/dogfood-redis:first')
  await dockerOn(third, 'image', 'rm', '127.0.0.1:5000/dogfood-redis:first')
})

test('one command brings the site up on three machines that have none of its images', async () => {
  await follow('The site', 'node update')
  await follow('The site', 'npm run secrets')
  await at.run({ heading: '', script: OWN_SECRETS })
  await follow('The site', 'swarm secrets set')
  const [{ seconds, output } = { seconds: 0, output: '' }] = await follow('The site', 'swarm up')
  console.log(`first deploy: ${seconds.toFixed(1)} s`)
  assert.ok(seconds < 90, output)
  for (const node of cluster.nodes) {
    assert.equal((await ask(node, '/')).status, 200, node.name)
    assert.equal((await ask(node, '/session')).status, 200, node.name)
  }
})

test('an update and a return are noticed by no visitor, and files of the release before stay', async () => {
  const [first] = cluster.nodes
  const cookie = await introduced(first, 'Ann')
  const sheetOf = async (node: Machine) =>
    /\/static\/css\/site\.\w+\.css/.exec((await ask(node, '/')).body)?.[0] ?? ''
  const sheet = await sheetOf(first)
  await at.run({
    heading: '',
    script: 'echo ".of-the-second-release { color: red }" >>app/static/css/site.css',
  })
  const probe = watch(cluster.nodes, readingAndWriting(cookie))
  await sleep(1000)
  await follow('Update it, break it, return', 'swarm up')
  for (const node of cluster.nodes) {
    await until(showing(node, 'second'), `the new page on ${node.name}`)
    assert.notEqual(await sheetOf(node), sheet, node.name)
    assert.equal((await ask(node, sheet)).status, 200, node.name)
    assert.match((await ask(node, '/session', { cookie })).body, /Ann/, node.name)
  }
  await follow('Update it, break it, return', 'rollback')
  noneFailed(await probe.stop())
  for (const node of cluster.nodes) await until(showing(node, 'first'), `the page of before on ${node.name}`)
})

test('a node is emptied for maintenance, and comes back, and no visitor of the others notices', async () => {
  const [first, second, third] = cluster.nodes
  const cookie = await introduced(first, 'Ann')
  const probe = watch([first, third], readingAndWriting(cookie))
  await sleep(1000)
  await dockerOn(first, 'node', 'update', '--availability', 'drain', second.name)
  const empty = async () => {
    const tasks = ['node', 'ps', '--filter', 'desired-state=running', '--quiet', second.name]
    return (await dockerOn(first, ...tasks)) === '' && (await dockerOn(second, 'ps', '--quiet')) === ''
  }
  await until(empty, 'a node without tasks', 60)
  await sleep(1000)
  await dockerOn(first, 'node', 'update', '--availability', 'active', second.name)
  // A node that comes back may start nothing for half a minute, and once more: https://github.com/moby/swarmkit/pull/2725
  await until(async () => (await ask(second, '/invite')).status === 200, 'the front of the node', 120)
  noneFailed(await probe.stop())
  assert.match((await ask(second, '/session', { cookie })).body, /Ann/)
})

test('the leader is cut off the network: visitors of the other nodes notice nothing, and it is replaced there', async () => {
  await lost(cluster.cut, cluster.heal)
})

test('the power of the leader goes: visitors of the other nodes notice nothing, and it is replaced there', async () => {
  await lost(cluster.kill, cluster.start)
})

test('two of three managers lose their power: the third serves on, and all is well once they are back', async () => {
  const lost = besides(stores())
  const cookie = await introduced(stores(), 'Ann')
  const probe = watch([stores()], reading(cookie))
  await sleep(4000)
  const before = probe.since()
  await Promise.all(lost.map((node) => cluster.kill(node)))
  await sleep(8000)
  const seen = await probe.stop()
  for (const node of lost) await cluster.start(node)
  await cluster.ready()
  for (const node of lost) await until(frontAnswers(node), 'the front of the node', 60)
  unnoticed(seen, before)
  assert.match((await ask(stores(), '/session', { cookie })).body, /Ann/)
})
