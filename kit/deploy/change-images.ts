import type { Stack, StackService } from '../compile/types.ts'
import type { Strategy } from '../definition/model.ts'
import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import { mapServices } from './stack-parts.ts'

/** Full name of a component -> the tag it gets; undefined for the one it has, asked for anew. */
export type Tags = ReadonlyMap<string, string | undefined>

/** The image without its digest, with another tag where one is given: `registry:5000/app:2`. */
export function retagged(image: string, tag: string | undefined): string {
  const [name = ''] = image.split('@')
  return tag === undefined ? name : `${name.replace(/:[^:/]+$/, '')}:${tag}`
}

/** The stack with other images for components, which are replaced the way the strategy says. */
export function withTags(stack: Stack, tags: Tags, strategy: Strategy | undefined): Stack {
  return mapServices(stack, (service, key) => {
    const component = service.deploy.labels[LABELS.component] ?? ''
    if (service.deploy.labels[LABELS.kind] === 'balancer' || !tags.has(component)) return service
    const changed = { ...service, image: retagged(service.image, tags.get(component)) }
    return strategy === undefined ? changed : withStrategy(changed, strategy, component || key)
  })
}

/** The stack with the images of a map in place. */
export const withImages = (stack: Stack, images: ReadonlyMap<string, string>): Stack =>
  mapServices(stack, (service) => ({ ...service, image: images.get(service.image) ?? service.image }))

function withStrategy(service: StackService, strategy: Strategy, component: string): StackService {
  const { update_config: update } = service.deploy
  if (update === undefined) return service
  if (strategy === 'hot-swap' && update.order === 'stop-first')
    throw new Failure(
      'refused',
      `${component} cannot be hot-swapped: its old and new instances cannot be there at once (a port of the node, a volume, or one a machine).`,
      'Take one-by-one or all-at-once.',
    )
  const changed = { ...update, parallelism: strategy === 'one-by-one' ? 1 : 0 }
  return { ...service, deploy: { ...service.deploy, update_config: changed } }
}
