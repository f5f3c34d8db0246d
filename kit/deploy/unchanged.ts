import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import type { ServiceSpec, SwarmService } from '../swarm/services.ts'
import { hashOf } from './hash.ts'
import type { Release } from './release.ts'
import { sameButScale, serviceName } from './stack-parts.ts'

/** A hash of what the swarm was told of a service, but for the number of its instances and forced restarts. */
export function specHash({ Mode, TaskTemplate, ...rest }: ServiceSpec): string {
  const mode = Object.keys(Mode)
  return hashOf(sorted({ ...rest, mode, TaskTemplate: { ...TaskTemplate, ForceUpdate: 0 } }))
}

/** Name of each service -> hash of its spec. */
export const specsOf = (services: readonly SwarmService[]): Record<string, string> =>
  Object.fromEntries(services.map(({ name, spec }) => [name, specHash(spec)]))

/** Whether the swarm runs just this already: nothing was changed by hand or half way since the release was made. */
export function isRunning(
  name: string,
  wanted: Stack,
  release: Release | undefined,
  services: readonly SwarmService[],
): boolean {
  if (release === undefined || !sameButScale(readStack(release.stack), wanted)) return false
  const keys = Object.keys(wanted.services)
  if (keys.length !== services.length) return false
  return keys.every((key) => {
    const service = services.find((one) => one.name === serviceName(name, key))
    if (service === undefined || release.specs[service.name] !== specHash(service.spec)) return false
    const { mode, replicas } = wanted.services[key]?.deploy ?? {}
    return mode !== 'replicated' || replicas === service.replicas
  })
}

/** Services of the stack that a deploy would change, as far as anybody knows. */
export function changedKeys(
  name: string,
  wanted: Stack,
  release: Release | undefined,
  services: readonly SwarmService[],
): ReadonlySet<string> {
  const before = release && readStack(release.stack)
  const isSame = (key: string): boolean => {
    const service = services.find((one) => one.name === serviceName(name, key))
    const pick = (stack: Stack) => ({
      ...stack,
      services: Object.fromEntries(Object.entries(stack.services).filter(([one]) => one === key)),
    })
    return (
      service !== undefined &&
      release?.specs[service.name] === specHash(service.spec) &&
      before !== undefined &&
      sameFiles(before, wanted, key) &&
      sameButScale({ ...pick(before), ...NOTHING }, { ...pick(wanted), ...NOTHING })
    )
  }
  return new Set(Object.keys(wanted.services).filter((key) => !isSame(key)))
}

const NOTHING = { networks: {}, volumes: {}, secrets: {}, configs: {} }

/** A service says the key of a secret or config; the name in the swarm, which holds the hash, is beside it. */
function sameFiles(before: Stack, wanted: Stack, key: string): boolean {
  const names = (stack: Stack) => {
    const { secrets = [], configs = [] } = stack.services[key] ?? {}
    return [
      ...secrets.map(({ source }) => stack.secrets[source]?.name),
      ...configs.map(({ source }) => stack.configs[source]?.name),
    ].join(' ')
  }
  return names(before) === names(wanted)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
