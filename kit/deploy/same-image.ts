import { withoutDigest } from '../compile/images.ts'
import { LABELS } from '../swarm/labels.ts'
import type { SwarmService } from '../swarm/services.ts'

/**
 * Images as they run already, where only their tag is another: the name is part of what a task is made from, so a
 * service with a new name of the same image would be restarted.
 */
export function asTheyRun(
  images: ReadonlyMap<string, string>,
  services: readonly Pick<SwarmService, 'image'>[],
): ReadonlyMap<string, string> {
  const running = new Set(services.map(({ image }) => image).filter((image) => image.includes('@')))
  const sameAs = (image: string): string =>
    running.has(image) ? image : ([...running].sort().find((other) => same(other, image)) ?? image)
  return new Map([...images].map(([written, image]) => [written, sameAs(image)]))
}

/** Image as it was written -> the one with the digest that runs for it. */
export const knownImages = (
  services: readonly Pick<SwarmService, 'image' | 'labels'>[],
): Map<string, string> =>
  new Map(services.map(({ image, labels }) => [labels[LABELS.image] ?? withoutDigest(image), image]))

const same = (one: string, other: string): boolean => withoutTag(one) === withoutTag(other)

/** `registry:5000/name:tag@digest` without the tag. */
const withoutTag = (image: string): string => image.replace(/:[^:/@]+@/, '@')
