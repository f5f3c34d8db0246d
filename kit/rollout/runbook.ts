import { ownSignal, regardless } from '../interruption.ts'
import type { Progress } from '../progress.ts'
import { checkBalancing, publishBalancing } from './balancing.ts'
import { explain, RolloutFailure } from './failure.ts'
import { checkFront, publishFront } from './front.ts'
import {
  beginGeneration,
  completeGeneration,
  endGeneration,
  undoGeneration,
  wasInterrupted,
  webappImage,
} from './generations.ts'
import { getImages, type Source } from './get-images.ts'
import { type Instance, instancesOf, isWell } from './instances.ts'
import { replaceInstances, startInstances, untilNobodyLeaves } from './replace.ts'
import { type RunningImages, runningImages } from './running-images.ts'
import type { Site } from './site.ts'
import { neighbour } from './tags.ts'
import { together } from './together.ts'
import { removeTrial, tryOut } from './trial.ts'

export interface Wanted {
  readonly source: Source
  /** Seconds a new instance may take until it is healthy and ready. */
  readonly patience: number
  /** Seconds the new instances serve beside the old ones before those are stopped. */
  readonly watch: number
}

export interface Rollout extends Wanted {
  readonly site: Site
  readonly progress: Progress
}

/** Puts new images in place; throws, with everything as it was, if they are no good. */
export async function rollOut(asked: Rollout): Promise<void> {
  await needRunningSite(asked.site)
  await removeTrial(asked.site)
  const mended = await mend(asked)
  if (mended === 'went back' && asked.source.kind === 'back') return
  const rollout = { ...asked, site: await asManyAsRun(asked.site) }
  const running = await runningImages(rollout.site)
  await prove(rollout, running)
  await orElseBack(rollout, async () => {
    await beginGeneration(rollout.site, running)
    await bringUp(rollout)
  })
  await completeGeneration(rollout.site)
}

/** Has the next images, and throws if they are no good; nothing that runs is touched. */
async function prove({ site, source, patience, progress }: Rollout, running: RunningImages): Promise<void> {
  if (source.kind === 'back') await webappImage(site, 'previous')
  try {
    await getImages(site, source, running, progress)
    await together(
      () => checkFront(site, neighbour(site.tag, 'next')),
      () => checkBalancing(site, neighbour(site.tag, 'next')),
    )
    progress.step('Checked the configuration of nginx and HAProxy')
    await tryOut(site, patience, progress)
    progress.step('Tried the new image: it is ready and answers every kind of page')
  } catch (error) {
    await regardless(() => endGeneration(site)).catch((second) => progress.complain(explain(second)))
    throw error
  }
}

/** A site that was scaled by hand keeps its instances. */
async function asManyAsRun(site: Site): Promise<Site> {
  const count = async (service: 'webapp' | 'worker') =>
    Math.max(site.replicas[service], (await instancesOf(site, service)).filter(isWell).length)
  return { ...site, replicas: { webapp: await count('webapp'), worker: await count('worker') } }
}

/** Publishes what the current names mean, has all instances run it, and proves that they do. */
async function bringUp(rollout: Rollout): Promise<void> {
  const { site, progress } = rollout
  await together(
    () => publishFront(site, site.tag, progress),
    () => publishBalancing(site, site.tag, progress),
  )
  await replaceAll(rollout)
}

/** Brings back what the current names mean: instances are replaced even if nothing can be published. */
async function bringBack(rollout: Rollout): Promise<void> {
  const { site, progress } = rollout
  const failures: unknown[] = []
  const keep = (error: unknown) => void failures.push(error)
  await publishFront(site, site.tag, progress).catch(keep)
  await publishBalancing(site, site.tag, progress).catch(keep)
  await replaceAll(rollout).catch(keep)
  const [first, ...others] = failures
  for (const error of others) progress.complain(explain(error))
  if (first !== undefined) throw first
}

async function replaceAll(rollout: Rollout): Promise<void> {
  const { site, progress } = rollout
  const image = await webappImage(site)
  const ending: Promise<void>[] = []
  try {
    const retireWebapps = await startInstances({ ...rollout, service: 'webapp', image, ending })
    const worker = { ...rollout, service: 'worker', image, ending } as const
    await together(retireWebapps, () => replaceInstances(worker))
  } finally {
    // What is being stopped must not be taken for an instance that serves.
    await Promise.allSettled(ending)
  }
  await Promise.all(ending)
  await verify(site, image)
  progress.step('Verified: every instance runs the wanted image and is healthy')
}

async function verify(site: Site, image: string): Promise<void> {
  for (const service of ['webapp', 'worker'] as const) {
    const instances = await instancesOf(site, service)
    const right = instances.filter((instance) => instance.image === image && isWell(instance))
    if (right.length === site.replicas[service] && instances.length === right.length) continue
    const told = instances.map(({ name, status, health }) => `${name} ${status} ${health}`).join(', ')
    throw new RolloutFailure(
      `Not every ${service} runs the wanted image in good health: ${told || 'there is none'}.`,
      'Look at `docker compose ps --all` and `docker compose logs`.',
    )
  }
}

async function orElseBack(rollout: Rollout, work: () => Promise<void>): Promise<void> {
  const { site, progress } = rollout
  try {
    await work()
  } catch (error) {
    // Whoever is in a hurry gets what a kill would leave; the next run ends it or takes it back.
    if (ownSignal()?.aborted) throw error
    progress.step('This release is no good: bringing back the one before')
    try {
      await undoGeneration(site)
      await bringBack({ ...rollout, watch: 0 })
      await endGeneration(site)
      progress.step('The release before serves, as it did all the time')
    } catch (second) {
      progress.complain(`Bringing back the release before failed too: ${explain(second)}`)
      progress.complain('Whatever is healthy goes on serving. `npm run rollout -- --back` tries again.\n')
    }
    throw error
  }
}

/** Ends what a killed rollout began: forwards where its instances all serve already, backwards otherwise. */
async function mend(rollout: Rollout): Promise<'went back' | 'went on' | undefined> {
  const { site, progress } = rollout
  if (!(await wasInterrupted(site))) return undefined
  progress.note('waiting for what the interrupted rollout is stopping')
  await untilNobodyLeaves(site)
  const [begun, before] = [await webappImage(site), await webappImage(site, 'replaced')]
  const webapps = (await instancesOf(site, 'webapp')).filter(isWell)
  const has = (image: string) =>
    webapps.filter((instance: Instance) => instance.image === image).length >= site.replicas.webapp
  const forward = begun !== before && has(begun) && !has(before)
  progress.step(
    `A rollout was interrupted: ${forward ? 'ending it, as its instances serve' : 'going back to the release before'}`,
  )
  if (!forward) await undoGeneration(site)
  await (forward ? bringUp(rollout) : bringBack(rollout))
  await (forward ? completeGeneration(site) : endGeneration(site))
  return forward ? 'went on' : 'went back'
}

async function needRunningSite(site: Site): Promise<void> {
  if ((await instancesOf(site, 'webapp')).length > 0) return
  throw new RolloutFailure(
    `The site ${site.project} does not run, so there is nothing to update.`,
    'Start it: docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d --build',
  )
}
