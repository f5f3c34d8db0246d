import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pin } from '../../../kit/compile/types.ts'
import { choosePins } from '../../../kit/deploy/pins.ts'
import { Failure } from '../../../kit/failure.ts'
import type { SwarmNode } from '../../../kit/swarm/nodes.ts'
import { recorded } from './recorded.ts'

const { nodes, services, tasks } = recorded('first')
const [one, two, three] = nodes as [SwarmNode, SwarmNode, SwarmNode]

const pin = (over: Partial<Pin> = {}): Pin => ({
  label: 'dogfood.app.store',
  components: ['site/store'],
  nodeLabels: [],
  nodes: 1,
  formerLabels: [],
  ...over,
})

const choose = (pins: readonly Pin[], some: readonly SwarmNode[] = nodes) =>
  choosePins(pins, { nodes: some, services, tasks }).map(({ node, label }) => `${node.hostname} ${label}`)

test('a pin that no node has goes to one node, and pins spread over the nodes', () => {
  const chosen = choose([pin(), pin({ label: 'dogfood.app.other' })])
  assert.equal(new Set(chosen.map((line) => line.split(' ')[0])).size, 2)
})

test('a pin that a node has stays there, also while that node is away: its volumes are nowhere else', () => {
  const away = { ...two, labels: { 'dogfood.app.store': 'here' }, state: 'down' as const }
  assert.deepEqual(choose([pin()], [one, away, three]), [])
})

test('only a node that takes work and has the labels is chosen', () => {
  const ssd = { ...two, labels: { disk: 'ssd' } }
  const wanted = pin({ nodeLabels: [{ name: 'disk', value: 'ssd' }] })
  assert.deepEqual(choose([wanted], [one, ssd, three]), ['cn2 dogfood.app.store'])
  const refused = (error: unknown) =>
    error instanceof Failure &&
    error.kind === 'refused' &&
    /docker node update --label-add disk=ssd NODE/.test(error.todo)
  assert.throws(() => choose([wanted], [one, { ...ssd, availability: 'drain' }, three]), refused)
})

test('a component that was not pinned before stays on the node where it runs', () => {
  const [task] = tasks.filter(({ slot }) => slot === 1)
  const at = nodes.find(({ id }) => id === task?.node)
  const alone = tasks.filter(({ slot }) => slot === 1)
  const chosen = choosePins([pin({ components: ['site/web'] })], { nodes, services, tasks: alone })
  assert.deepEqual(
    chosen.map(({ node }) => node.hostname),
    [at?.hostname],
  )
})

test('a pod goes where one of its components was pinned before it', () => {
  const former = { ...three, labels: { 'dogfood.app.db': 'here', 'dogfood.app.x': 'here' } }
  assert.deepEqual(choose([pin({ formerLabels: ['dogfood.app.db'] })], [one, two, former]), [
    'cn3 dogfood.app.store',
  ])
})

test('a pin of several nodes gets as many, and one that follows it goes to one of them', () => {
  const volume = pin({
    label: 'dogfood.app.store.volume',
    nodeLabels: [{ name: 'dogfood.app.store', value: 'here' }],
  })
  const chosen = choose([pin({ nodes: 2 }), volume])
  assert.equal(chosen.length, 3)
  const [first, second, third] = chosen.map((line) => line.split(' ')[0])
  assert.notEqual(first, second)
  assert.ok(third === first || third === second)
})
