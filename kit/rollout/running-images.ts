import { type Instance, instancesOf, isWell } from './instances.ts'
import { RELEASED, type Released, type Site } from './site.ts'
import { idOf } from './tags.ts'

/** Id, or else name, of the image of each part that serves. */
export type RunningImages = Readonly<Record<Released, string>>

/** The images that serve, whatever their names mean: somebody may have built others by hand since. */
export async function runningImages(site: Site): Promise<RunningImages> {
  const images = { ...site.images }
  for (const part of RELEASED) {
    const image = commonImage(await instancesOf(site, part))
    // Docker may have lost an image whose container ended long ago.
    if (image !== undefined && (await idOf(image)) !== undefined) images[part] = image
  }
  return images
}

/** The image that most have; those that are well count, if there are any. */
export function commonImage(instances: readonly Instance[]): string | undefined {
  const well = instances.filter(isWell)
  const counts = new Map<string, number>()
  for (const { image } of well.length > 0 ? well : instances) counts.set(image, (counts.get(image) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0]
}
