import { LABELS } from '../swarm/labels.ts'
import { readObjects, type SwarmObject } from '../swarm/objects.ts'
import { type KeptRelease, releasesIn } from './releases.ts'
import { readSnapshot, type Snapshot } from './watch/snapshot.ts'

/** What is in the swarm of an app before a change. */
export interface State extends Snapshot {
  readonly configs: readonly SwarmObject[]
  /** Newest first. */
  readonly releases: readonly KeptRelease[]
}

export async function readState(stack: string): Promise<State> {
  const [snapshot, configs] = await Promise.all([
    readSnapshot(stack),
    readObjects('config', `${LABELS.app}=${stack}`),
  ])
  return { ...snapshot, configs, releases: releasesIn(configs) }
}
