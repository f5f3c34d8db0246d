import { CommandError, docker, git } from '../docker.ts'
import type { Progress } from '../progress.ts'
import { build, pull } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import type { RunningImages } from './running-images.ts'
import { RELEASED, type Released, type Site } from './site.ts'
import { dropNameless, idOf, inRole, nameImage, neighbour } from './tags.ts'

/** Where the images of a rollout come from. */
export type Source =
  | { readonly kind: 'build'; readonly release: string | undefined }
  | { readonly kind: 'given'; readonly images: Readonly<Partial<Record<Released, string>>> }
  | { readonly kind: 'back' }

/** Has the images of the release under their names as `next`; those that a killed rollout left there go. */
export async function getImages(
  site: Site,
  source: Source,
  running: RunningImages,
  progress: Progress,
): Promise<void> {
  const left = await Promise.all(RELEASED.map((part) => idOf(inRole(site.images[part], 'next'))))
  await nameNext(site, source, running, progress)
  for (const id of left) await dropNameless(id)
}

async function nameNext(
  site: Site,
  source: Source,
  running: RunningImages,
  progress: Progress,
): Promise<void> {
  if (source.kind === 'build') return buildImages(site, source.release ?? (await releaseName()), progress)
  for (const part of RELEASED) {
    const image = site.images[part]
    // Without an image of its own, a part stays what it is.
    const given = source.kind === 'given' ? source.images[part] : inRole(image, 'previous')
    if (source.kind === 'given' && given !== undefined) await pullImage(given, progress)
    const from = given !== undefined && (await idOf(given)) !== undefined ? given : running[part]
    await nameImage(from, inRole(image, 'next'))
  }
}

async function buildImages(site: Site, release: string, progress: Progress): Promise<void> {
  progress.step(`Building release ${release}`)
  const tag = neighbour(site.tag, 'next')
  try {
    const onLine = (line: string) => progress.note(line)
    await docker(build(site.place, tag, release, RELEASED), { onLine, seconds: 1800, mayBreakOff: true })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new RolloutFailure('The images cannot be built:', 'Nothing was changed.', error.lines)
  }
}

async function pullImage(image: string, progress: Progress): Promise<void> {
  if (await idOf(image)) return progress.step(`Taking ${image}, which is here`)
  progress.step(`Pulling ${image}`)
  try {
    await docker(pull(image), { onLine: (line) => progress.note(line), seconds: 1800, mayBreakOff: true })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new RolloutFailure(`${image} cannot be pulled:`, 'Nothing was changed.', error.lines)
  }
}

/** The time, which sorts, and the commit, which says what it is. */
async function releaseName(): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', '.')
  const commit = await git('rev-parse', '--short', 'HEAD').catch(() => '')
  const changed = commit !== '' && (await git('status', '--porcelain').catch(() => '')) !== ''
  return [time, commit, changed ? 'changed' : ''].filter(Boolean).join('-')
}
