import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { before, test } from 'node:test'
import { until } from '../../until.ts'
import { run, succeeds } from '../command.ts'
import { docker } from '../docker.ts'
import { build, type Cluster, clusterUp } from './cluster.ts'
import { layoutOf, type Machine } from './layout.ts'
import { own } from './owner.ts'
import { removeLeftClusters } from './remove.ts'
import { dockerOn } from './swarm.ts'

let cluster: Cluster
before(async () => {
  cluster = await clusterUp()
})

const statusOf = (of: Machine, by: Machine): Promise<string> =>
  dockerOn(by, 'node', 'inspect', '--format', '{{.Status.State}} {{.ManagerStatus.Reachability}}', of.name)

test('three machines are one swarm, and pull what this machine pushes', async () => {
  const [first] = cluster.nodes
  const pushed = cluster.registry.replace(/.*:/, '127.0.0.1:')
  await docker('tag', 'registry:2', `${pushed}/try`)
  await docker('push', '--quiet', `${pushed}/try`)
  await docker('image', 'rm', `${pushed}/try`)
  await dockerOn(first, 'pull', '--quiet', `${cluster.registry}/try`)
  const engines = await Promise.all(
    cluster.nodes.map((node) => dockerOn(node, 'info', '--format', '{{.Name}}')),
  )
  assert.deepEqual(engines, ['node1', 'node2', 'node3'])
  assert.equal(await dockerOn(first, 'run', '--rm', `${cluster.registry}/try`, 'echo', 'runs'), 'runs')
})

test('a node that is cut off is missed by the others, and comes back when it is healed', async () => {
  const leader = await cluster.leader()
  const [cut, other] = cluster.nodes.filter((node) => node !== leader) as [Machine, Machine]
  await cluster.cut(cut)
  await until(async () => (await statusOf(cut, other)) === 'down unreachable', 'the loss to be seen', 60)
  assert.equal(await dockerOn(cut, 'info', '--format', '{{.Name}}'), cut.name, 'its engine runs on')
  await cluster.heal(cut)
  await cluster.ready()
})

test('the leader loses its power, another leads, and it comes back with what it kept', async () => {
  const killed = await cluster.leader()
  const sleeper = ['run', '--detach', '--network', 'none', `${cluster.registry}/try`, 'sleep', '1000']
  if (killed !== cluster.nodes[0]) await dockerOn(killed, 'pull', '--quiet', `${cluster.registry}/try`)
  const id = await dockerOn(killed, ...sleeper)
  const pid = await dockerOn(killed, 'inspect', '--format', '{{.State.Pid}}', id)
  assert.notEqual(pid, '0')
  await cluster.kill(killed)
  assert.equal(await run('ip', ['netns', 'pids', killed.namespace]), '')
  await until(async () => (await cluster.leader()) !== killed, 'another leader', 60)
  await cluster.start(killed)
  await cluster.ready()
  assert.equal(await dockerOn(killed, 'inspect', '--format', '{{.State.Running}}', id), 'false')
  await dockerOn(killed, 'rm', id)
})

test('who comes next gets the same cluster, mended', async () => {
  const [first, second, third] = cluster.nodes
  const mark = await dockerOn(first, 'network', 'create', '--driver', 'overlay', 'left-here')
  await cluster.kill(second)
  await cluster.cut(third)
  cluster = await clusterUp()
  assert.equal(await dockerOn(second, 'network', 'inspect', '--format', '{{.ID}}', 'left-here'), mark)
  await dockerOn(first, 'network', 'rm', 'left-here')
})

test('the cluster of a run that is gone is removed with all it kept', async () => {
  const layout = layoutOf(99)
  await build(layout)
  await removeLeftClusters()
  assert.equal(existsSync(layout.folder), true, 'this run lives')
  own(layout, spawnSync(process.execPath, ['--version']).pid)
  await removeLeftClusters()
  assert.equal(existsSync(layout.folder), false)
  assert.equal(await succeeds('ip', ['link', 'show', layout.bridge]), false)
  assert.doesNotMatch(await run('ip', ['netns', 'list']), /dogfood-cluster-99/)
  assert.equal(await succeeds('pgrep', ['--full', layout.folder]), false)
})
