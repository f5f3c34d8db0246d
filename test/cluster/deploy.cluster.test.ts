import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Stack } from '../../kit/compile/types.ts'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { pushRelease } from '../lab/cluster/images.ts'
import { type RunningProbe, startProbe } from '../lab/cluster/probe.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { noneFailed } from './none-failed.ts'
import { prepareSite, type Site, STACK, siteOn, tasksOf } from './site.ts'
import { ask, introduced, readingAndWriting } from './visitors.ts'

/** The site may have two webapps here. */
const VARIABLES = ['--var', 'webapp_min=2']

/** Times hold for a machine that does nothing else; here three nodes and 600 visitors a second share it. */
const BUSY = 2

let cluster: Cluster
let site: Site
let cookie: string
let probe: RunningProbe

before(async () => {
  cluster = await clusterUp()
  site = siteOn(cluster)
  await prepareSite(cluster, site)
  await pushRelease('second', { webapp: ['ENV RELEASE=second'] })
  await good(['up', '--yes'])
  const [first] = cluster.nodes
  const { length } = await tasksOf('site-webapp', first)
  if (length !== 3) await good([length > 3 ? 'scaledown' : 'scaleup', 'webapp=3'])
  cookie = await introduced(first, 'Ann')
  probe = startProbe(cluster.nodes, readingAndWriting(cookie))
})

async function good(args: readonly string[], release = 'current', input = '') {
  const { exit, output, seconds } = await site.swarm([...args, ...VARIABLES], { release, input })
  assert.equal(exit, 0, output)
  return { output, seconds }
}

/** What every visitor saw since the last time: no failure, and their sessions. */
async function unnoticed(): Promise<void> {
  noneFailed(probe.since())
  for (const node of cluster.nodes)
    assert.match((await ask(node, '/session', { cookie })).body, /Ann/, node.name)
}

/** Fronts keep a page for some seconds. */
async function pagesAre(right: (body: string) => boolean): Promise<void> {
  for (const node of cluster.nodes)
    await until(async () => right((await ask(node, '/docs')).body), `the page of ${node.name}`, 20)
}

interface Status {
  readonly release: { readonly number: number }
  readonly components: readonly {
    readonly component: string
    readonly kind: string
    readonly release?: number
  }[]
}

const taskIds = () => dockerOn(cluster.nodes[0], 'stack', 'ps', '--quiet', STACK)

test('a second deploy of the same restarts nothing and is over in a moment', async () => {
  const tasks = await taskIds()
  const { output, seconds } = await good(['up', '--yes'])
  assert.match(output, /Nothing to do: release \d+ runs/)
  assert.equal(await taskIds(), tasks)
  console.log(`up without a change: ${seconds.toFixed(1)} s`)
  assert.ok(seconds < 3 * BUSY, `${seconds} s`)
})

test('three webapps are updated one after the other, and no visitor notices', async () => {
  const { output, seconds } = await good(['update', 'webapp=second'])
  console.log(`update of 3 webapps: ${seconds.toFixed(1)} s`)
  assert.ok(seconds < 30 * BUSY, `${seconds} s`)
  assert.match(output, /3 of 3 run on/)
  await pagesAre((body) => body.includes('<code>second<'))
  const { release, components } = JSON.parse((await good(['status', '--json'])).output) as Status
  const since = new Map(components.map((one) => [`${one.component} ${one.kind}`, one.release]))
  assert.equal(since.get('site/webapp component'), release.number)
  assert.ok(Number(since.get('site/worker component')) < release.number, 'the worker is that of before')
  await unnoticed()
})

test('one step returns to the release before, without a visitor that notices', async () => {
  const listed = async () => JSON.parse((await good(['releases', '--json'])).output) as { number: number }[]
  const [newest, last] = await listed()
  const { output } = await good(['rollback'])
  assert.match(output, new RegExp(`Returning to release ${last?.number} `))
  assert.equal((await listed())[0]?.number, (newest?.number ?? 0) + 1)
  await pagesAre((body) => !body.includes('<code>second<'))
  await unnoticed()
})

test('three webapps become six, and two, and a deploy keeps that number; no visitor notices', async () => {
  await good(['scaleup', 'webapp=6'])
  assert.equal((await tasksOf('site-webapp', cluster.nodes[0])).length, 6)
  assert.match((await good(['diff', '--offline'])).output, /Nothing would change/)
  await good(['scaledown', 'webapp=2'])
  assert.equal((await tasksOf('site-webapp', cluster.nodes[0])).length, 2)
  assert.match((await good(['up', '--yes'])).output, /Nothing to do/)
  assert.equal((await tasksOf('site-webapp', cluster.nodes[0])).length, 2)
  await unnoticed()
})

test('a new content of a secret is rolled out to those that have it, and to nobody else', async () => {
  const others = async () =>
    Promise.all(
      ['site-worker', 'site-nginx', 'stores-redissessions'].map((name) => tasksOf(name, cluster.nodes[0])),
    )
  const [webapps, before] = [await tasksOf('site-webapp', cluster.nodes[0]), await others()]
  await good(['secrets', 'set', 'crm_webhook_secret'], 'current', `rotated ${Date.now()}`)
  assert.match((await good(['secrets', 'list'])).output, /crm_webhook_secret +waiting/)
  const { output } = await good(['up', '--yes'])
  assert.match(output, /site\/webapp: secret crm_webhook_secret/)
  const now = new Set((await tasksOf('site-webapp', cluster.nodes[0])).map(({ id }) => id))
  for (const { id } of webapps) assert.equal(now.has(id), false, `${id} has the old content`)
  assert.deepEqual(await others(), before)
  await unnoticed()
  noneFailed(await probe.stop())
})

test('an update leaves another component stopped, and its strategy is for this time alone', async () => {
  const [first] = cluster.nodes
  const { length } = await tasksOf('site-worker', first)
  await good(['stop', 'worker'])
  await good(['update', 'webapp=second', '--strategy', 'all-at-once'])
  assert.deepEqual(await tasksOf('site-worker', first), [])
  const { services } = JSON.parse((await good(['cat', '--json'])).output) as Stack
  assert.equal(services['site-webapp']?.deploy.update_config?.parallelism, 1)
  await good(['start', 'worker'])
  assert.equal((await tasksOf('site-worker', first)).length, length)
})
