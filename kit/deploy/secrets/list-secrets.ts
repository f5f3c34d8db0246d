import type { App } from '../../definition/model.ts'
import { readServices } from '../../swarm/services.ts'
import { readSecrets } from './kept-secrets.ts'

export interface ListedSecret {
  readonly name: string
  /** `missing`: swarm.json needs it, and nobody has set it. `waiting`: the next `swarm up` brings its newest content. */
  readonly state: 'in use' | 'waiting' | 'missing' | 'unused'
  /** When its newest content was set; ISO 8601. */
  readonly since?: string
  /** Full names of the components that have it, by swarm.json. */
  readonly users: readonly string[]
}

/** The secrets that an app needs, and those that it has. */
export async function listSecrets(stack: string, { services }: App): Promise<ListedSecret[]> {
  const [kept, running] = await Promise.all([readSecrets(stack), readServices(stack)])
  const components = services.flatMap((service) => service.components)
  const attached = new Set(running.flatMap(({ secrets }) => secrets.map(({ name }) => name)))
  const needed = components.flatMap(({ secrets }) => secrets.map(({ name }) => name))
  const names = [...new Set([...needed, ...kept.map(({ name }) => name)])].sort()
  return names.map((name) => {
    const newest = kept.find((one) => one.name === name)?.versions.at(-1)
    const users = components
      .filter(({ secrets }) => secrets.some((one) => one.name === name))
      .map(({ fullName }) => fullName)
    const state = stateOf(newest?.name, users.length > 0, attached)
    return { name, state, ...(newest && { since: newest.createdAt }), users }
  })
}

function stateOf(
  newest: string | undefined,
  isNeeded: boolean,
  attached: ReadonlySet<string>,
): ListedSecret['state'] {
  if (newest === undefined) return 'missing'
  if (attached.has(newest)) return 'in use'
  return isNeeded ? 'waiting' : 'unused'
}
