import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import type { ServiceSpec, SwarmService } from '../swarm/services.ts'
import { hashOf } from './hash.ts'
import type { Release } from './release.ts'
import type { Wanted } from './roll-out.ts'
import { sameButScale, sameInstances, serviceName } from './stack-parts.ts'
import { countOf, isStopped } from './stopped.ts'

/** A hash of what the swarm was told of a service, but for the number of its instances and forced restarts. */
export function specHash({ Mode, TaskTemplate, ...rest }: ServiceSpec): string {
  const mode = Object.keys(Mode)
  return hashOf(sorted({ ...rest, mode, TaskTemplate: { ...TaskTemplate, ForceUpdate: 0 } }))
}

/** Name of each service -> hash of its spec. */
export const specsOf = (services: readonly SwarmService[]): Record<string, string> =>
  Object.fromEntries(services.map(({ name, spec }) => [name, specHash(spec)]))

/** Services that are there until a deploy removes them: jobs of `swarm run` and canaries go by themselves. */
export const lasting = (services: readonly SwarmService[]): SwarmService[] =>
  services.filter(({ kind }) => kind !== 'run' && kind !== 'canary')

/** Whether the swarm runs just this already: nothing was changed by hand or half way since the release was made. */
export function isRunning(
  name: string,
  { stack, kept = stack }: Pick<Wanted, 'stack' | 'kept'>,
  release: Release | undefined,
  services: readonly SwarmService[],
): boolean {
  if (release === undefined || !sameButScale(readStack(release.stack), kept)) return false
  const wanted = Object.entries(stack.services)
  const there = new Map(lasting(services).map((service) => [service.name, service]))
  if (wanted.length !== there.size) return false
  return wanted.every(([key, one]) => {
    const service = there.get(serviceName(name, key))
    if (service === undefined || release.specs[service.name] !== specHash(service.spec)) return false
    const count = countOf(one)
    const hasCount =
      service.mode === 'replicated' ? service.replicas === count : isStopped(service) === (count === 0)
    return hasCount && isUntroubled(service)
  })
}

/**
 * A service whose update the swarm took back or left half way is told its stack once more: that alone makes the swarm
 * forget how the update went (UpdateService in manager/controlapi/service.go of moby/swarmkit).
 */
const isUntroubled = ({ update }: SwarmService): boolean =>
  update === undefined || update.state === 'updating' || update.state === 'completed'

/** Services of the stack that a deploy would change, as far as anybody knows. */
export function changedKeys(
  name: string,
  wanted: Stack,
  release: Release | undefined,
  services: readonly SwarmService[],
): ReadonlySet<string> {
  const before = release && readStack(release.stack)
  const there = new Map(services.map((service) => [service.name, service]))
  const isSame = ([key, service]: readonly [string, Stack['services'][string]]): boolean => {
    const running = there.get(serviceName(name, key))
    const released = before?.services[key]
    if (before === undefined || released === undefined || running === undefined) return false
    return (
      release?.specs[running.name] === specHash(running.spec) &&
      sameFiles(before, wanted, key) &&
      sameInstances(released, service)
    )
  }
  const changed = Object.entries(wanted.services).filter((one) => !isSame(one))
  return new Set(changed.map(([key]) => key))
}

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
