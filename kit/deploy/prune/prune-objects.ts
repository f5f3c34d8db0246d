import { CommandError, change } from '../../docker.ts'
import type { ObjectKind } from '../../swarm/commands.ts'
import { LABELS } from '../../swarm/labels.ts'
import { readNetworks } from '../../swarm/networks.ts'
import { readObjects } from '../../swarm/objects.ts'
import { readServices } from '../../swarm/services.ts'
import { removeNetwork, removeObjects } from '../commands.ts'
import { releasesIn } from '../releases.ts'
import { needlessNetworks, needlessObjects } from './needless.ts'

/** What was removed. */
export interface Pruned {
  readonly secrets: readonly string[]
  readonly configs: readonly string[]
  readonly networks: readonly string[]
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
  const unused = needlessNetworks(own, services)
  await removeEach('secret', needless.secrets)
  await removeEach('config', needless.configs)
  for (const { id } of unused) await change(removeNetwork(id)).catch(ifInUse)
  const names = (objects: readonly { readonly name: string }[]) => objects.map(({ name }) => name)
  return { secrets: names(needless.secrets), configs: names(needless.configs), networks: names(unused) }
}

async function removeEach(kind: ObjectKind, objects: readonly { readonly id: string }[]): Promise<void> {
  if (objects.length > 0)
    await change(
      removeObjects(
        kind,
        objects.map(({ id }) => id),
      ),
    ).catch(ifInUse)
}

/** A task that still ends holds what it uses; the next time it is gone. */
function ifInUse(error: unknown): void {
  if (!(error instanceof CommandError && /in use|active endpoints/i.test(error.lines.join('\n')))) throw error
}
