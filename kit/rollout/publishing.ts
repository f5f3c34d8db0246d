import { docker } from '../docker.ts'
import { inside, makeAnew, remove, runOnce } from './commands.ts'
import { RolloutFailure } from './failure.ts'
import { instancesOf } from './instances.ts'
import type { Site } from './site.ts'

// Goes with the container, which reads what is published when it starts.
const TAKEN = '/tmp/configuration'

/** Has a release's one-shot service put its files into the volume; what it said. */
export async function publish(
  site: Site,
  tag: string,
  service: 'files' | 'balancing',
  ...options: string[]
): Promise<string> {
  const name = `${site.project}-${service}-publish`
  // One of a rollout that was killed has the same name.
  await docker(remove(name)).catch(() => undefined)
  return docker(runOnce(site.place, tag, service, name, ['publish', ...options]))
}

/** The container that serves visitors with what is published. */
export async function readerOf(site: Site, service: 'nginx' | 'balancer'): Promise<string> {
  const reader = (await instancesOf(site, service)).find(({ status }) => status === 'running')
  if (reader) return reader.id
  throw new RolloutFailure(
    `The service ${service} does not run, so no visitor reaches the site.`,
    'Start it with `docker compose up -d`, then run the command again.',
  )
}

export interface Configuration {
  /** The one-shot service that publishes, and the service that reads. */
  readonly from: 'files' | 'balancing'
  readonly to: 'nginx' | 'balancer'
  /** Where the reader finds what was published. */
  readonly folder: string
  reload(reader: string): Promise<void>
}

/** Publishes a release's configuration; its reader reloads it unless it is the one that it has. */
export async function publishConfiguration(
  site: Site,
  tag: string,
  { from, to, folder, reload }: Configuration,
): Promise<'new' | 'same'> {
  const reader = await readerOf(site, to)
  const bash = (program: string) => docker(inside(reader, 'bash', '-c', program))
  const hash = `(cd ${folder}/ && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)`
  // Without a note it has what it started with.
  const taken = await bash(`cat ${TAKEN} 2>/dev/null || ${hash}`)
  // Whoever comes after this process was killed cannot know which one it has: it may reload at any moment.
  await bash(`echo unknown > ${TAKEN}`)
  await publish(site, tag, from)
  // Whatever starts all containers again, such as a restart by hand, publishes this release and no older one.
  await docker(makeAnew(site.place, tag, from))
  const isNew = taken !== (await bash(hash))
  if (isNew) await reload(reader)
  await bash(`${hash} > ${TAKEN}`)
  return isNew ? 'new' : 'same'
}
