import { change } from '../docker.ts'
import { ifMissing, isTaken } from '../swarm/ask.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObject, readObjects, type SwarmObject } from '../swarm/objects.ts'
import { createObject, removeObjects } from './commands.ts'
import { type Release, readRelease, releaseName, writeRelease } from './release.ts'
import { patiently } from './watch/patience.ts'

/** So many releases can be returned to. */
const KEPT = 10

/** A release, and the config that keeps it. */
export interface KeptRelease extends Release {
  readonly id: string
}

/** The kept releases of an app, newest first. */
export async function readReleases(stack: string): Promise<KeptRelease[]> {
  return releasesIn(await readObjects('config', `${LABELS.app}=${stack}`))
}

export const releasesIn = (configs: readonly SwarmObject[]): KeptRelease[] =>
  configs
    .filter(({ labels }) => labels[LABELS.kind] === 'release')
    .map(({ id, content = '' }) => ({ ...readRelease(content), id }))
    .sort((a, b) => b.number - a.number)

/** Keeps a release, and drops those that are too old; the swarm may be silent for a while meanwhile. */
export async function keepRelease(
  stack: string,
  release: Release,
  kept: readonly KeptRelease[],
): Promise<void> {
  const labels = { [LABELS.app]: stack, [LABELS.kind]: 'release' }
  const name = releaseName(stack, release.number)
  const content = writeRelease(release)
  const create = createObject('config', name, labels, content)
  await patiently(() => change(create).catch((error) => ifNotKept(error, name, content)))
  const old = kept.slice(KEPT - 1).map(({ id }) => id)
  if (old.length > 0) await patiently(() => change(removeObjects('config', old)).catch(ifMissing))
}

/** The swarm may have made the config, and docker not have heard of it. */
async function ifNotKept(error: unknown, name: string, content: string): Promise<void> {
  if (!isTaken(error) || (await readObject('config', name))?.content !== content) throw error
}

export const nextNumber = (kept: readonly KeptRelease[]): number => (kept[0]?.number ?? 0) + 1
