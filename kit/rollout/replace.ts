import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError, docker } from '../docker.ts'
import type { Progress } from '../progress.ts'
import { countedSince, failsMore, type Seen, seenByBalancer, sum } from './balancer.ts'
import { remove, startBeside, stop } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { asNew, endOfLog, type Instance, instancesOf, isWell } from './instances.ts'
import type { Site } from './site.ts'
import { fail, stillWell, untilHealthy, untilNothing } from './watch.ts'

// A busy machine can fail a check or two of an instance that has been ready.
const PATIENCE_AFTERWARDS = 5

export interface Replacing {
  readonly site: Site
  readonly service: 'webapp' | 'worker'
  /** Id of the image that all instances shall have; its name in the Compose files has to mean it already. */
  readonly image: string
  /** Seconds a new instance may take until it is healthy. */
  readonly patience: number
  /** Seconds the new instances serve beside the old ones before those are stopped. */
  readonly watch: number
  readonly progress: Progress
  /** Gets what goes on after the old instances have left the balancer: they finish what they have, and end. */
  readonly ending: Promise<void>[]
}

/** Has as many instances of the image as Compose wants, and then stops all others: never fewer serve than before. */
export async function replaceInstances(replacing: Replacing): Promise<void> {
  const retireOthers = await startInstances(replacing)
  await retireOthers()
}

/** The first half of replaceInstances; what comes back is the other half. */
export async function startInstances(replacing: Replacing): Promise<() => Promise<void>> {
  const { site, service } = replacing
  const before = service === 'webapp' ? await seenByBalancer(site) : []
  const fresh = await startMissing(replacing)
  const ids = fresh.map(({ id }) => id)
  const proof = async () => {
    const well = await stillWell(fresh)
    if (service !== 'webapp') return
    const seen = await seenByBalancer(site)
    const missing = well.filter((instance) => !isUpAt(instance, seen))
    for (const instance of missing) await untilServing(site, instance, PATIENCE_AFTERWARDS)
    await compare(well, before, seen)
  }
  const others = (await instancesOf(site, service)).filter(({ id }) => !ids.includes(id))
  if (others.length > 0) await watchFor(replacing, proof)
  return () => retire(replacing, others, proof)
}

async function startMissing(replacing: Replacing): Promise<Instance[]> {
  const { site, service, image, progress } = replacing
  const wanted = site.replicas[service]
  // Compose would start those that have ended again, whatever their image.
  const ended = (await instancesOf(site, service)).filter(({ status }) => /exited|created|dead/.test(status))
  for (const { id } of ended) await docker(remove(id))
  const ours = (await instancesOf(site, service)).filter(
    (instance) => instance.image === image && isWell(instance),
  )
  while (ours.length < wanted) {
    progress.note(`starting ${service} ${ours.length + 1} of ${wanted}`)
    ours.push(await startOne(replacing))
    progress.step(`Started ${service} ${ours.length} of ${wanted}: ${ours.at(-1)?.name}`)
  }
  return ours.slice(0, wanted)
}

async function startOne({ site, service, image, patience }: Replacing): Promise<Instance> {
  const before = await instancesOf(site, service)
  await docker(startBeside(site.place, service, before.length + 1))
  const known = new Set(before.map(({ id }) => id))
  const started = (await instancesOf(site, service)).find(({ id }) => !known.has(id))
  if (started === undefined) {
    throw new RolloutFailure(`Compose started no new ${service}.`, 'Look at `docker compose ps --all`.')
  }
  if (started.image !== image) {
    throw new RolloutFailure(
      `${started.name} runs another image than the wanted one: its name was moved meanwhile.`,
      'Build nothing by hand while a rollout is under way; run the command again.',
    )
  }
  const [healthy = started] = await untilHealthy([asNew(started.id)], patience)
  if (service === 'webapp') await untilServing(site, healthy, patience)
  return healthy
}

async function untilServing(site: Site, instance: Instance, patience: number): Promise<void> {
  const reason = await untilNothing(async () => {
    await stillWell([instance])
    return isUpAt(instance, await seenByBalancer(site)) ? undefined : 'not ready'
  }, patience)
  if (reason !== undefined)
    await fail(instance, `${instance.name} was not ready for visitors within ${patience} s`)
}

// A stop that was just asked for is noticed by the balancer within a second.
const NOTICED_MS = 1500
const LONGEST_STOP = 45

/**
 * Waits for webapps that somebody is stopping: a killed rollout has asked the engine to, and until they have ended
 * they look as healthy as ever.
 */
export async function untilNobodyLeaves(site: Site): Promise<void> {
  await sleep(NOTICED_MS)
  await untilNothing(async () => {
    const [instances, seen] = [await instancesOf(site, 'webapp'), await seenByBalancer(site)]
    return instances.some((instance) => isWell(instance) && !isUpAt(instance, seen)) ? 'leaving' : undefined
  }, LONGEST_STOP)
}

const isUpAt = (instance: Instance, seen: readonly Seen[]): boolean =>
  seen.some((each) => each.isUp && isAt(instance, each))

const isAt = ({ addresses }: Instance, { address }: Seen): boolean => addresses.includes(address)

async function watchFor({ watch, progress }: Replacing, proof: () => Promise<void>): Promise<void> {
  progress.note(`watching the new instances for ${watch} s`)
  for (const end = performance.now() + watch * 1000; performance.now() < end; await sleep(500)) await proof()
}

/** One after the other leaves the balancer; what they still finish may overlap. */
async function retire(
  { site, service, progress, ending }: Replacing,
  others: readonly Instance[],
  proof: () => Promise<void>,
): Promise<void> {
  for (const [index, other] of others.entries()) {
    await proof()
    progress.note(`stopping old ${service} ${index + 1} of ${others.length}`)
    const ended = takeAway(other)
    // Whoever gave the list waits for it; until then a failure must not end the process.
    ended.catch(() => undefined)
    ending.push(ended)
    if (service === 'webapp') await Promise.race([ended, untilLeft(site, other)])
    progress.step(`Stopped old ${service} ${index + 1} of ${others.length}: ${other.name}`)
  }
}

async function takeAway({ id }: Instance): Promise<void> {
  // What somebody else has removed meanwhile is away too.
  await docker(stop(id)).catch(unlessGone)
  await docker(remove(id)).catch(unlessGone)
}

function unlessGone(error: unknown): void {
  const told = error instanceof CommandError ? error.lines.join('\n') : ''
  if (!/No such container|removal of container .* is already in progress/i.test(told)) throw error
}

const untilLeft = (site: Site, instance: Instance): Promise<unknown> =>
  untilNothing(async () => (isUpAt(instance, await seenByBalancer(site)) ? 'up' : undefined), 30)

async function compare(
  fresh: readonly Instance[],
  before: readonly Seen[],
  now: readonly Seen[],
): Promise<void> {
  const isFresh = (seen: Seen) => fresh.some((instance) => isAt(instance, seen))
  const since = (seen: Seen) => countedSince(before, seen)
  const [ours, others] = [now.filter(isFresh), now.filter((seen) => !isFresh(seen))]
  if (!failsMore(sum(ours.map(since)), sum(others.map(since)))) return
  const worst = [...ours].sort((a, b) => since(b).errors - since(a).errors)[0]
  const at = fresh.find((instance) => worst !== undefined && isAt(instance, worst))
  const { answers, errors } = sum(ours.map(since))
  throw new RolloutFailure(
    `The new instances answered ${errors} of ${answers} requests with errors. Last log lines of ${at?.name}:`,
    'Mend the image; the log of the webapp says more.',
    at ? await endOfLog(at.id) : [],
  )
}
