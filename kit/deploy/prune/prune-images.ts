import { askLines, inspectAll } from '../../swarm/ask.ts'
import { inspectServices, listAllServices } from '../../swarm/commands.ts'
import { LABELS } from '../../swarm/labels.ts'
import { readObjects } from '../../swarm/objects.ts'
import { type NodeAnswer, onEveryNode } from '../../swarm/on-every-node.ts'
import { type InspectedService, serviceOf } from '../../swarm/services.ts'
import { releasesIn } from '../releases.ts'
import { keptImages } from './kept-images.ts'
import { PRUNE_SCRIPT } from './script.ts'

const SECONDS = 300

/** Removes, on every node, images of the app that no kept release of any app needs, and no service. */
export async function pruneImages(stack: string): Promise<NodeAnswer[]> {
  const releases = releasesIn(await readObjects('config', `${LABELS.kind}=release`))
  const own = releasesIn(await readObjects('config', `${LABELS.app}=${stack}`))
  const services = await imagesInSwarm()
  const { repositories, keep } = keptImages({
    own: own.flatMap(({ images }) => images),
    used: [...releases.flatMap(({ images }) => images), ...services],
  })
  if (repositories.length === 0) return []
  return onEveryNode({
    purpose: 'prune',
    script: PRUNE_SCRIPT,
    env: { REPOSITORIES: repositories.join(' '), KEEP: keep.join(' ') },
    seconds: SECONDS,
  })
}

async function imagesInSwarm(): Promise<string[]> {
  const ids = await askLines(listAllServices())
  return (await inspectAll<InspectedService>(inspectServices, ids)).map((one) => serviceOf(one).image)
}
