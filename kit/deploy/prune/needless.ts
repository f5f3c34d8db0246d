import { LABELS } from '../../swarm/labels.ts'
import type { SwarmNetwork } from '../../swarm/networks.ts'
import type { SwarmObject } from '../../swarm/objects.ts'
import type { SwarmService } from '../../swarm/services.ts'
import type { Release } from '../release.ts'

export interface Facts {
  readonly services: readonly Pick<SwarmService, 'secrets' | 'configs'>[]
  readonly secrets: readonly SwarmObject[]
  readonly configs: readonly SwarmObject[]
  readonly releases: readonly Pick<Release, 'secrets' | 'configs'>[]
}

/** Secrets and configs that no service uses and no kept release needs. The newest content of a secret stays. */
export function needlessObjects({ services, secrets, configs, releases }: Facts) {
  const usedSecrets = new Set([
    ...services.flatMap((service) => service.secrets.map(({ name }) => name)),
    ...releases.flatMap((release) => release.secrets),
    ...newest(secrets),
  ])
  const usedConfigs = new Set([
    ...services.flatMap((service) => service.configs.map(({ name }) => name)),
    ...releases.flatMap((release) => release.configs),
  ])
  return {
    secrets: secrets.filter(({ name, labels }) => isKind(labels, 'secret') && !usedSecrets.has(name)),
    configs: configs.filter(({ name, labels }) => isKind(labels, 'config') && !usedConfigs.has(name)),
  }
}

/** Networks that no service is on. Another deploy makes them again. */
export function needlessNetworks(
  networks: readonly SwarmNetwork[],
  services: readonly Pick<SwarmService, 'networks'>[],
): SwarmNetwork[] {
  const used = new Set(services.flatMap((service) => service.networks))
  return networks.filter(({ id }) => !used.has(id))
}

const isKind = (labels: SwarmObject['labels'], kind: string): boolean => labels[LABELS.kind] === kind

function newest(secrets: readonly SwarmObject[]): string[] {
  const byName = Map.groupBy(secrets, ({ labels }) => labels[LABELS.secret] ?? '')
  return [...byName.values()].flatMap((versions) => {
    const last = [...versions].sort((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1)
    return last ? [last.name] : []
  })
}
