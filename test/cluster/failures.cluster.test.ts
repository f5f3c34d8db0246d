import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { pushRelease } from '../lab/cluster/images.ts'
import type { Machine } from '../lab/cluster/layout.ts'
import { startProbe } from '../lab/cluster/probe.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { until } from '../until.ts'
import { noneFailed } from './none-failed.ts'
import { prepareSite, type Site, STACK, siteOn, tasksOf } from './site.ts'
import { ask, introduced, reading } from './visitors.ts'

let cluster: Cluster
let site: Site

before(async () => {
  cluster = await clusterUp()
  site = siteOn(cluster)
  await prepareSite(cluster, site)
  const broken = ['CMD ["node", "-e", "console.log(\'boom: no stores\'); process.exit(3)"]']
  await pushRelease('broken', { webapp: broken })
  await pushRelease('third', { webapp: ['ENV RELEASE=third'] })
  const { exit, output } = await site.swarm(['up', '--yes', '--force'])
  assert.equal(exit, 0, output)
})

/** Every service with its image, the number of its instances and how often it was changed. */
const services = () =>
  dockerOn(cluster.nodes[0], 'stack', 'services', '--format', '{{.Name}} {{.Image}} {{.Replicas}}', STACK)
const versions = async () => {
  const ids = (await dockerOn(cluster.nodes[0], 'stack', 'services', '--quiet', STACK)).split('\n')
  return dockerOn(cluster.nodes[0], 'service', 'inspect', '--format', '{{.ID}} {{.Version.Index}}', ...ids)
}
const imagesOf = async (service: string) => {
  const args = ['service', 'ps', '--no-trunc', '--filter', 'desired-state=running', '--format', '{{.Image}}']
  return new Set((await dockerOn(cluster.nodes[0], ...args, `${STACK}_${service}`)).split('\n'))
}
/** Fronts keep a page for some seconds. */
const shows = (node: Machine, release: string) =>
  until(
    async () => (await ask(node, '/blog')).body.includes(`<code>${release}<`),
    `a page of ${release} on ${node.name}`,
    20,
  )
const locks = () => dockerOn(cluster.nodes[0], 'config', 'ls', '--quiet', '--filter', `name=${STACK}_lock`)

test('an image that does not exist is refused before anything changes', async () => {
  const before = await versions()
  const { exit, output } = await site.swarm(['up', '--yes', '--var', 'tag=never-pushed'])
  assert.equal(exit, 1)
  assert.match(output, /no registry tells the digest/)
  for (const image of ['webapp', 'front', 'redis'])
    assert.match(output, new RegExp(`dogfood-${image}:never-pushed`))
  assert.equal(await versions(), before)
  assert.equal(await locks(), '', 'the lock is free again')
})

test('an image that crashes is taken back, with its reason and its last words, and no visitor notices', async () => {
  const before = await services()
  const probe = startProbe(cluster.nodes, reading(await introduced(cluster.nodes[0], 'Ann')))
  const { exit, output } = await site.swarm(['update', 'webapp=broken', 'worker=broken'])
  const seen = await probe.stop()
  assert.equal(exit, 1, output)
  assert.match(output, /site\/(?:webapp|worker) (?:was rolled back|is stuck).*ended with exit code 3/)
  assert.match(output, /boom: no stores/)
  assert.match(output, /Release \d+ runs, as before/)
  assert.equal(await services(), before)
  assert.doesNotMatch([...(await imagesOf('site-webapp'))].join(), /broken/)
  noneFailed(seen)
})

test('an update by hand that the swarm took back does not keep a deploy from ending well', async () => {
  const [first] = cluster.nodes
  const webapp = `${STACK}_site-webapp`
  const state = () =>
    dockerOn(first, 'service', 'inspect', '--format', '{{with .UpdateStatus}}{{.State}}{{end}}', webapp)
  const image = ['--no-resolve-image', '--image', `${cluster.registry}/dogfood-webapp:broken`]
  await dockerOn(first, 'service', 'update', '--detach', '--quiet', ...image, webapp)
  await until(async () => (await state()) === 'rollback_completed', 'an update that is taken back', 120)
  const { exit, output } = await site.swarm(['up', '--yes'])
  assert.equal(exit, 0, output)
  assert.equal(await state(), '', 'the swarm forgets it')
  assert.match((await site.swarm(['up', '--yes'])).output, /Nothing to do/)
})

test('of two deploys at once one goes on, and the other is told who does', async () => {
  const both = await Promise.all([
    site.swarm(['up', '--yes'], { release: 'third' }),
    sleep(1500).then(() => site.swarm(['up', '--yes'], { by: cluster.nodes[1] })),
  ])
  const [went, refused] = both
  assert.equal(went.exit, 0, went.output)
  assert.equal(refused.exit, 1)
  assert.match(refused.output, /is locked by .*\(up, for 0 min/)
  await shows(cluster.nodes[2], 'third')
})

test('a deploy that is killed half way leaves its lock, and the next one with --force makes one release of it', async () => {
  const begun = await site.swarm(['up', '--yes'], { release: 'third' })
  assert.equal(begun.exit, 0, begun.output)
  const probe = startProbe(cluster.nodes, reading(await introduced(cluster.nodes[0], 'Ann')))
  const killed = new AbortController()
  const ending = site.swarm(['up', '--yes'], { kill: killed.signal })
  await until(async () => (await imagesOf('site-webapp')).size === 2, 'two releases at once', 60)
  killed.abort()
  assert.equal((await ending).exit, null)
  const refused = await site.swarm(['up', '--yes'], { release: 'third' })
  assert.equal(refused.exit, 1)
  assert.match(refused.output, /whose process is gone/)
  assert.match(refused.output, /--force/)
  const mended = await site.swarm(['up', '--yes', '--force'], { release: 'third' })
  assert.equal(mended.exit, 0, mended.output)
  const seen = await probe.stop()
  assert.equal((await imagesOf('site-webapp')).size, 1)
  await shows(cluster.nodes[1], 'third')
  assert.equal(await locks(), '')
  noneFailed(seen)
})

test('a deploy that is interrupted by Ctrl-C says so, and the next one makes one release of it', async () => {
  const probe = startProbe(cluster.nodes, reading(await introduced(cluster.nodes[0], 'Ann')))
  const interrupted = new AbortController()
  const ending = site.swarm(['up', '--yes'], { interrupt: interrupted.signal })
  await until(async () => (await imagesOf('site-webapp')).size === 2, 'two releases at once', 60)
  interrupted.abort()
  const { exit, output } = await ending
  assert.equal(exit, 130, output)
  assert.match(output, /Interrupted/)
  assert.equal(await locks(), '', 'the lock is free again')
  const mended = await site.swarm(['up', '--yes'], { release: 'third' })
  assert.equal(mended.exit, 0, mended.output)
  noneFailed(await probe.stop())
  assert.equal((await imagesOf('site-webapp')).size, 1)
  await shows(cluster.nodes[1], 'third')
})

test('a leader that is lost half way does not keep the swarm from one release', async () => {
  const [first] = cluster.nodes
  const leader = await cluster.leader()
  const victim =
    leader === site.stores ? cluster.nodes.find((node) => node !== leader && node !== first) : leader
  assert.ok(victim)
  const by = cluster.nodes.find((node) => node !== victim && node !== site.stores) ?? first
  const going = site.swarm(['up', '--yes'], { by })
  await until(async () => (await imagesOf('site-webapp')).size === 2, 'two releases at once', 60)
  await cluster.kill(victim)
  const { exit, output } = await going
  console.log(`without ${victim.name}, exit ${exit}\n${output.split('\n').slice(-8).join('\n')}`)
  await cluster.start(victim)
  await cluster.ready()
  const after = await site.swarm(['up', '--yes', '--force'], { by })
  assert.equal(after.exit, 0, after.output)
  assert.equal((await imagesOf('site-webapp')).size, 1)
  assert.equal((await tasksOf('site-webapp', by)).length, 3)
  assert.equal(await locks(), '')
})
