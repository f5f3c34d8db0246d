import { CommandError, change } from '../../docker.ts'
import type { ObjectKind } from '../../swarm/commands.ts'
import { LABELS } from '../../swarm/labels.ts'
import { readNetworks } from '../../swarm/networks.ts'
import { readObjects } from '../../swarm/objects.ts'
import { readServices } from '../../swarm/services.ts'
import { removeNetwork, removeObjects } from '../commands.ts'
import { releasesIn } from '../releases.ts'
import { needlessNetworks, needlessObjects } from './needless.ts'

/** Names of what was removed; what is still in use is not among them, and in a dry run nothing is. */
export interface Pruned {
  readonly secrets: readonly string[]
  readonly configs: readonly string[]
  readonly networks: readonly string[]
}

interface Needless {
  readonly id: string
  readonly name: string
}

/** Removes the secrets, configs and networks of an app that nothing needs: no service, and no kept release. */
export async function pruneObjects(stack: string): Promise<Pruned> {
  const label = `${LABELS.app}=${stack}`
  const [services, secrets, configs, networks] = await Promise.all([
    readServices(stack),
    readObjects('secret', label),
    readObjects('config', label),
    readNetworks(),
  ])
  const releases = releasesIn(configs)
  const needless = needlessObjects({ services, secrets, configs, releases })
  const own = networks.filter(({ labels }) => labels[LABELS.app] === stack)
  return {
    secrets: await removeEach('secret', needless.secrets),
    configs: await removeEach('config', needless.configs),
    networks: await removeNetworks(needlessNetworks(own, services)),
  }
}

async function removeEach(kind: ObjectKind, objects: readonly Needless[]): Promise<string[]> {
  if (objects.length === 0) return []
  const ids = objects.map(({ id }) => id)
  return removed(objects, (onLine) => change(removeObjects(kind, ids), { onLine }))
}

async function removeNetworks(networks: readonly Needless[]): Promise<string[]> {
  const gone: string[] = []
  for (const network of networks)
    gone.push(...(await removed([network], (onLine) => change(removeNetwork(network.id), { onLine }))))
  return gone
}

/** The names of what a command removed: Docker prints the id of each, also where it refuses others. */
async function removed(
  objects: readonly Needless[],
  remove: (onLine: (line: string) => void) => Promise<string>,
): Promise<string[]> {
  const printed = new Set<string>()
  await remove((line) => printed.add(line.trim())).catch(ifInUse)
  return objects.filter(({ id }) => printed.has(id)).map(({ name }) => name)
}

/** A task that still ends holds what it uses; the next time it is gone. */
function ifInUse(error: unknown): void {
  if (!(error instanceof CommandError && /in use|active endpoints/i.test(error.lines.join('\n')))) throw error
}
