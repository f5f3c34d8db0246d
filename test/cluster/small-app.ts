import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '../lab/cluster/cluster.ts'
import { push } from '../lab/cluster/images.ts'
import { layoutOf, type Machine, socketOfEachNode, TESTED } from '../lab/cluster/layout.ts'
import { composeProject, docker } from '../lab/docker.ts'
import { type Ended, swarmIn } from './swarm.ts'

/** An app of a few lines, made for one test. */
export interface SmallApp {
  readonly stack: string
  swarm(args: readonly string[], options?: { by?: Machine; input?: string }): Promise<Ended>
}

/** Writes a definition into a folder of its own; components find images at `$registry`. */
export function smallApp(
  { nodes, registry }: Cluster,
  name: string,
  components: readonly object[],
): SmallApp {
  const folder = mkdtempSync(join(tmpdir(), `swarm-${name}-`))
  const definition = { app_name: name, services: [{ service_name: 'a', components }] }
  writeFileSync(join(folder, 'swarm.json'), JSON.stringify(definition))
  writeFileSync(join(folder, 'swarmvars.json'), JSON.stringify({ 'lab/small': { registry, tag: '1' } }))
  const env = { SWARM_NODE_IMAGE: `${registry}/node-job`, SWARM_NODE_SOCKET: socketOfEachNode(nodes[0]) }
  return {
    stack: `${name}-small`,
    swarm: (args, { by = nodes[0], input = '' } = {}) => swarmIn(folder, args, { host: by.host, input, env }),
  }
}

/** Pushes small images, each another one: `small:1`, `small:2`, … They sleep unless they are told otherwise. */
export async function pushSmall(tags: readonly string[]): Promise<void> {
  const { registry } = layoutOf(TESTED)
  await push(layoutOf(TESTED), 'docker:28.5.2-cli', 'node-job')
  const container = await docker(
    'create',
    ...['--name', composeProject('small'), '--entrypoint', 'sleep', 'redis:8.10.1', '100000'],
  )
  await Promise.all(
    tags.map(async (tag) => {
      const name = `127.0.0.1:${registry.port}/small:${tag}`
      await docker('commit', '--change', `ENV NUMBER=${tag}`, container, name)
      await docker('push', '--quiet', name)
      await docker('image', 'rm', name)
    }),
  )
  await docker('rm', container)
}
