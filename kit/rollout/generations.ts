import { RolloutFailure } from './failure.ts'
import type { RunningImages } from './running-images.ts'
import { RELEASED, type Released, type Site } from './site.ts'
import { dropNameless, forget, idOf, inRole, nameImage, type Role } from './tags.ts'

/*
 * Which images run, ran and shall run is kept in Docker's own names of them: a rollout that is killed leaves
 * `replaced` behind, and that tells the next one what was there before.
 */

/** Whether a rollout was killed after it began to change what runs. */
export const wasInterrupted = async (site: Site): Promise<boolean> =>
  (await idOf(inRole(site.images.webapp, 'replaced'))) !== undefined

/** The id of the webapp's image that runs, or of one in another role. */
export async function webappImage(site: Site, role?: Role): Promise<string> {
  const image = role ? inRole(site.images.webapp, role) : site.images.webapp
  const id = await idOf(image)
  if (id !== undefined) return id
  throw role === 'previous'
    ? new RolloutFailure(
        `There is no image ${image} to go back to.`,
        'Going back is possible after a rollout, once. Roll out the release you want: --image NAME.',
      )
    : new RolloutFailure(
        `There is no image ${image}.`,
        'Start the site first: `docker compose up -d --build`.',
      )
}

/** From here on the names in the Compose files mean the next images; what ran is kept as `replaced`. */
export async function beginGeneration(site: Site, running: RunningImages): Promise<void> {
  // That of the webapp says that a rollout is under way: it comes last, when all others are there.
  for (const part of [...RELEASED].reverse()) {
    await nameImage(running[part], inRole(site.images[part], 'replaced'))
  }
  await each(site, async (image) => {
    const named = await idOf(image)
    await nameImage(inRole(image, 'next'), image)
    // Somebody may have built it by hand, and it never ran.
    await dropNameless(named)
  })
}

/** The names mean again what ran before the rollout. */
export async function undoGeneration(site: Site): Promise<void> {
  await each(site, async (image) => {
    if (await idOf(inRole(image, 'replaced'))) await nameImage(inRole(image, 'replaced'), image)
  })
}

/** What ran before becomes what --back returns to, all parts of it; what nothing leads to any more is removed. */
export async function completeGeneration(site: Site): Promise<void> {
  // Rolling out what runs already must not make it its own predecessor.
  if (await isOther(site)) {
    await each(site, async (image) => {
      // An end that was cut off has taken some away, after all of them were kept.
      if (!(await idOf(inRole(image, 'replaced')))) return
      const dropped = await idOf(inRole(image, 'previous'))
      await nameImage(inRole(image, 'replaced'), inRole(image, 'previous'))
      await dropNameless(dropped)
    })
  }
  await endGeneration(site)
}

async function isOther(site: Site): Promise<boolean> {
  const pairs = imagesOf(site).map(async (image) => [
    await idOf(image),
    await idOf(inRole(image, 'replaced')),
  ])
  return (await Promise.all(pairs)).some(
    ([current, replaced]) => replaced !== undefined && current !== replaced,
  )
}

/** Ends a rollout, whatever came of it: its own names go. */
export async function endGeneration(site: Site): Promise<void> {
  await each(site, (image) => forget(inRole(image, 'next')))
  // That of the webapp says that a rollout is under way: it goes last.
  for (const image of imagesOf(site).reverse()) await forget(inRole(image, 'replaced'))
}

const imagesOf = (site: Site): string[] => RELEASED.map((part: Released) => site.images[part])

async function each(site: Site, work: (image: string) => Promise<void>): Promise<void> {
  for (const image of imagesOf(site)) await work(image)
}
