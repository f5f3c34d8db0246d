import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { type Cluster, clusterUp } from '../lab/cluster/cluster.ts'
import { layoutOf, TESTED } from '../lab/cluster/layout.ts'
import { startRegistry } from '../lab/cluster/registry.ts'
import { dockerOn } from '../lab/cluster/swarm.ts'
import { run } from '../lab/command.ts'
import { docker } from '../lab/docker.ts'
import { until } from '../until.ts'
import { pushSmall, type SmallApp, smallApp } from './small-app.ts'

const TAGS = Array.from({ length: 12 }, (_, index) => String(index + 1))

let cluster: Cluster
let app: SmallApp

before(async () => {
  cluster = await clusterUp()
  await pushSmall(TAGS)
  app = smallApp(cluster, 'pruned', [
    {
      component_name: 'everywhere',
      image: '$registry/small:$tag',
      placement: 'global',
      update: { strategy: 'all-at-once', monitor: '1s' },
      drain: '1s',
    },
  ])
})
after(() => app.swarm(['delete', '--yes', '--force']))

async function good(args: readonly string[]): Promise<string> {
  const { exit, output } = await app.swarm(args)
  assert.equal(exit, 0, output)
  return output
}

interface Listed {
  readonly number: number
  readonly images: readonly string[]
}
const releases = async () => JSON.parse(await good(['releases', '--json'])) as Listed[]
const digestOf = (image = '') => image.split('@')[1] ?? ''

/** Digests of the small images that each node has. */
const onNodes = () =>
  Promise.all(
    cluster.nodes.map(async (node) => {
      const repository = `${cluster.registry}/small`
      return new Set(
        (await dockerOn(node, 'images', '--digests', '--format', '{{.Digest}}', repository)).split('\n'),
      )
    }),
  )

/** Keeps releases as if each of the tags had been deployed, from the one that was. */
async function keepAsReleased(tags: readonly string[]): Promise<void> {
  const [first] = await releases()
  const [image = ''] = first?.images ?? []
  for (const [index, tag] of tags.entries()) {
    const pushed = await digestOfTag(tag)
    const content = JSON.stringify({ ...first, number: index + 2 }).replaceAll(digestOf(image), pushed)
    const labels = ['kind=release', `app=${app.stack}`].flatMap((label) => ['--label', `dogfood.${label}`])
    const args = ['--host', cluster.nodes[0].host, 'config', 'create', ...labels]
    await run('docker', [...args, `${app.stack}_release-${index + 2}`, '-'], { input: content })
  }
}

async function digestOfTag(tag: string): Promise<string> {
  const headers = { Accept: 'application/vnd.docker.distribution.manifest.v2+json' }
  const at = `http://127.0.0.1:${layoutOf(TESTED).registry.port}/v2/small/manifests/${tag}`
  return (await fetch(at, { headers })).headers.get('docker-content-digest') ?? ''
}

const pullEverywhere = async (tag: string) => {
  const image = `${cluster.registry}/small@${await digestOfTag(tag)}`
  await Promise.all(cluster.nodes.map((node) => dockerOn(node, 'pull', '--quiet', image)))
}

test('of eleven releases ten are kept, and every node still has all images', async () => {
  await good(['up'])
  for (const tag of TAGS) await pullEverywhere(tag)
  await keepAsReleased(TAGS.slice(1, 10))
  await good(['update', `everywhere=${TAGS.at(-1)}`])
  const kept = await releases()
  assert.deepEqual(
    kept.map(({ number }) => number),
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
  )
  for (const images of await onNodes()) assert.equal(images.size, TAGS.length)
})

test('pruning removes from every node what no kept release needs, and nothing else', async () => {
  const wanted = new Set((await releases()).flatMap(({ images }) => images.map(digestOf)))
  const removed = await good(['prune'])
  for (const { name } of cluster.nodes) assert.match(removed, new RegExp(`${name}:\n(?: .*\n)*  removed `))
  const left = async () => {
    const onEach = await onNodes()
    return onEach.every((images) => isDeepStrictEqual([...images].sort(), [...wanted].sort()))
  }
  // What an instance still uses that ends this moment goes the next time.
  await until(
    async () => (await left()) || ((await good(['prune'])) !== '' && left()),
    'only what is kept',
    60,
  )
})

test('the oldest kept release runs again in one step while the registry is gone', async () => {
  const layout = layoutOf(TESTED)
  const oldest = (await releases()).at(-1)
  await docker('stop', layout.registry.container)
  try {
    const refused = await app.swarm(['up'])
    assert.equal(refused.exit, 1)
    await good(['rollback', String(oldest?.number)])
    const running = await dockerOn(
      cluster.nodes[0],
      ...[
        'service',
        'inspect',
        '--format',
        '{{.Spec.TaskTemplate.ContainerSpec.Image}}',
        `${app.stack}_a-everywhere`,
      ],
    )
    assert.equal(digestOf(running), digestOf(oldest?.images[0]))
  } finally {
    await docker('start', layout.registry.container)
    await startRegistry(layout)
  }
})
