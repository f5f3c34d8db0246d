import { CommandError, docker } from '../docker.ts'
import { imageId, imageNames, removeImage, tagImage } from './commands.ts'

/**
 * What a tag beside the running one means. `next` is built and not yet proven, `previous` is what --back returns to,
 * and `replaced` is there only while a rollout is under way: what ran before it.
 */
export type Role = 'next' | 'previous' | 'replaced'

export function splitImage(image: string): { repository: string; tag: string } {
  const at = image.lastIndexOf(':')
  // A colon before a slash belongs to the port of a registry.
  if (at < 0 || image.includes('/', at)) return { repository: image, tag: 'latest' }
  return { repository: image.slice(0, at), tag: image.slice(at + 1) }
}

/** `current` has plain neighbours; those of another tag begin with it. */
export const neighbour = (tag: string, role: Role): string => (tag === 'current' ? role : `${tag}-${role}`)

/** The image of the same name in another role. */
export function inRole(image: string, role: Role): string {
  const { repository, tag } = splitImage(image)
  return `${repository}:${neighbour(tag, role)}`
}

/** What the image is, whatever its names; undefined if there is none of that name. */
export const idOf = (image: string): Promise<string | undefined> => docker(imageId(image)).catch(ifMissing)

export const nameImage = async (image: string, as: string): Promise<void> =>
  void (await docker(tagImage(image, as)))

/** Takes the name away, if it is there; the image goes with its last name. */
export const forget = async (image: string): Promise<void> =>
  void (await docker(removeImage(image)).catch(ifMissing))

/** An engine that does not answer must not be taken for one without the image. */
export function ifMissing(error: unknown): undefined {
  if (error instanceof CommandError && /No such image/i.test(error.lines.join('\n'))) return
  throw error
}

/** Removes an image that no name leads to any more, unless a container still has it. */
export async function dropNameless(id: string | undefined): Promise<void> {
  if (id === undefined) return
  const names = await docker(imageNames(id)).catch(() => undefined)
  if (names === '0') await docker(removeImage(id)).catch(() => undefined)
}
