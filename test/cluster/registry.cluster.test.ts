import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { push } from '../lab/cluster/images.ts'
import { layoutOf, type Machine, TESTED } from '../lab/cluster/layout.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { run } from '../lab/command.ts'
import { until } from '../until.ts'
import { swarmIn } from './swarm.ts'

const folder = join(import.meta.dirname, '../../registry')
const IMAGES = 7
const MEGABYTES = 3

let cluster: Cluster
/** The node that keeps what is pushed. */
let store: Machine
let digests: string[] = []

const swarm = async (...args: string[]): Promise<string> => {
  const given = [...args, '--yes', '--var', `image=${cluster.registry}/registry:2`]
  const { exit, output } = await swarmIn(folder, given, { host: cluster.nodes[0].host })
  assert.equal(exit, 0, output)
  return output
}

before(async () => {
  cluster = await clusterUp()
  await push(layoutOf(TESTED), 'registry:2', 'registry:2')
  await swarm('up')
  const args = ['service', 'ps', '--filter', 'desired-state=running', '--format', '{{.Node}}']
  const name = await dockerOn(cluster.nodes[0], ...args, 'registry-registry_images-store')
  store = cluster.nodes.find((node) => node.name === name) ?? assert.fail(`the store runs on ${name}`)
})
after(() => cluster && swarm('delete'))

const mirrored = (digest: string): string => `127.0.0.1:5000/cold@${digest}`

/** Pushes an image that nothing has layers of, as CI does: to the store, from its node. */
async function pushNew(index: number): Promise<string> {
  const files = mkdtempSync(join(tmpdir(), 'dogfood-cold-'))
  writeFileSync(join(files, 'bytes'), randomBytes(MEGABYTES * 1024 ** 2))
  const [archive, image] = [join(files, 'image.tar'), `127.0.0.1:5100/cold:${index}`]
  await run('tar', ['-C', files, '-cf', archive, 'bytes'])
  await dockerOn(store, 'import', archive, image)
  const said = await dockerOn(store, 'push', image)
  await dockerOn(store, 'image', 'rm', image)
  return /sha256:[0-9a-f]{64}/.exec(said.split('\n').at(-1) ?? '')?.[0] ?? assert.fail(said)
}

test('cold nodes pull at once, twenty images in all, each from its own mirror', async () => {
  digests = await Promise.all(Array.from({ length: IMAGES }, (_, index) => pushNew(index)))
  const pulls = cluster.nodes.flatMap((node) =>
    digests.map((digest) => dockerOn(node, 'pull', '--quiet', mirrored(digest))),
  )
  await Promise.all(pulls)
  const id = await dockerOn(store, 'ps', '--quiet', '--filter', 'name=registry-registry_images-store')
  const log = await dockerOn(store, 'logs', id)
  const blobs = log.split('\n').filter((line) => /"GET \/v2\/cold\/blobs\/\S+ HTTP\/1.1" 200/.test(line))
  // A layer and a configuration each. Each mirror asks for them once for the node, and once to keep them.
  assert.ok(blobs.length > 0, log.slice(0, 2000))
  assert.ok(
    blobs.length <= cluster.nodes.length * IMAGES * 2 * 2,
    `the store was asked for ${blobs.length} blobs`,
  )
})

test('what a node has pulled once it can pull again without the store', async () => {
  const [digest = ''] = digests
  const [node] = cluster.nodes.filter((one) => one !== store)
  assert.ok(node)
  await dockerOn(node, 'service', 'scale', '--detach', 'registry-registry_images-store=0')
  const isGone = async () =>
    (await dockerOn(store, 'ps', '--quiet', '--filter', 'name=registry-registry_images-store')) === ''
  await until(isGone, 'the end of the store', 30)
  await dockerOn(node, 'image', 'rm', mirrored(digest))
  await dockerOn(node, 'pull', '--quiet', mirrored(digest))
})
