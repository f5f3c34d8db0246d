import { LABELS } from '../../swarm/labels.ts'
import { readObjects, type SwarmObject } from '../../swarm/objects.ts'

/** A secret of an app: its newest content counts, and older ones are kept while a release needs them. */
export interface KeptSecret {
  /** As swarm.json has it. */
  readonly name: string
  /** Oldest first; the last one counts. */
  readonly versions: readonly SwarmObject[]
}

export async function readSecrets(stack: string): Promise<KeptSecret[]> {
  const objects = await readObjects('secret', `${LABELS.app}=${stack}`)
  const named = objects.filter(({ labels }) => labels[LABELS.secret] !== undefined)
  return [...Map.groupBy(named, ({ labels }) => labels[LABELS.secret] ?? '')]
    .map(([name, versions]) => ({ name, versions }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** Name of a secret -> name of the Swarm secret with its newest content. */
export const newestOf = (secrets: readonly KeptSecret[]): ReadonlyMap<string, string> =>
  new Map(secrets.map(({ name, versions }) => [name, versions.at(-1)?.name ?? '']))
