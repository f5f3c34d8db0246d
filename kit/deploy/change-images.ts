import { rewritten, withImages, withoutDigest, writtenImage } from '../compile/images.ts'
import type { Stack, StackService } from '../compile/types.ts'
import type { Strategy } from '../definition/model.ts'
import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { Wanted } from './roll-out.ts'
import { mapServices, withRunning } from './stack-parts.ts'

/** Full name of a component -> the tag it gets; undefined for the one it has, asked for anew. */
export type Tags = ReadonlyMap<string, string | undefined>

/** What an update of a release puts into the swarm, still without digests: what is stopped stays so. */
export function updated(
  name: string,
  released: Stack,
  services: readonly SwarmService[],
  { tags, strategy }: { readonly tags: Tags; readonly strategy: Strategy | undefined },
): Required<Pick<Wanted, 'stack' | 'kept'>> {
  const kept = withTags(withRunning(name, released, services), tags)
  const stack = withRunning(name, kept, services, 'stays')
  return { stack: strategy === undefined ? stack : withStrategy(stack, tags, strategy), kept }
}

/** The stack with the images of a map in place. */
export const withDigests = (stack: Stack, images: ReadonlyMap<string, string>): Stack => ({
  ...stack,
  services: withImages(stack.services, images),
})

/** The image without its digest, with another tag where one is given: `registry:5000/app:2`. */
export function retagged(image: string, tag: string | undefined): string {
  const name = withoutDigest(image)
  return tag === undefined ? name : `${name.replace(/:[^:/]+$/, '')}:${tag}`
}

const componentOf = ({ deploy: { labels } }: StackService): string =>
  labels[LABELS.kind] === 'balancer' ? '' : (labels[LABELS.component] ?? '')

/** The stack with other images for components. */
const withTags = (stack: Stack, tags: Tags): Stack =>
  mapServices(stack, (service) => {
    const component = componentOf(service)
    return tags.has(component)
      ? rewritten(service, retagged(writtenImage(service), tags.get(component)))
      : service
  })

/** The stack whose components are replaced another way than the definition has it. */
const withStrategy = (stack: Stack, tags: Tags, strategy: Strategy): Stack =>
  mapServices(stack, (service) => (tags.has(componentOf(service)) ? replacedBy(strategy, service) : service))

function replacedBy(strategy: Strategy, service: StackService): StackService {
  const { update_config: update } = service.deploy
  if (update === undefined) return service
  if (strategy === 'hot-swap' && update.order === 'stop-first')
    throw new Failure(
      'refused',
      `${componentOf(service)} cannot be hot-swapped: its old and new instances cannot be there at once (a port of the node, a volume, or one a machine).`,
      'Take one-by-one or all-at-once.',
    )
  const changed = { ...update, parallelism: strategy === 'one-by-one' ? 1 : 0 }
  return { ...service, deploy: { ...service.deploy, update_config: changed } }
}
