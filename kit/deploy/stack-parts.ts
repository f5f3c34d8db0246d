import { isDeepStrictEqual } from 'node:util'
import { rewritten } from '../compile/images.ts'
import type { Stack, StackService } from '../compile/types.ts'
import { LABELS } from '../swarm/labels.ts'
import type { SwarmService } from '../swarm/services.ts'
import { countOf, isStopped, stopped } from './stopped.ts'

/** Name in the swarm of a service of the stack. */
export const serviceName = (stack: string, key: string): string => `${stack}_${key}`

const isKept = ({ deploy }: StackService): boolean => deploy.mode !== 'replicated-job'

/** The part of a stack that some of its services need. */
export function partOf(stack: Stack, keys: ReadonlySet<string>): Stack {
  const services = only(stack.services, (key) => keys.has(key))
  const used = Object.values(services)
  const named = (names: Iterable<string>) => {
    const set = new Set(names)
    return (key: string) => set.has(key)
  }
  return {
    ...stack,
    services,
    networks: only(stack.networks, named(used.flatMap(({ networks }) => Object.keys(networks ?? {})))),
    volumes: only(
      stack.volumes,
      named(
        used.flatMap(({ volumes = [] }) => volumes.flatMap((one) => ('source' in one ? one.source : []))),
      ),
    ),
    secrets: only(
      stack.secrets,
      named(used.flatMap(({ secrets = [] }) => secrets.map(({ source }) => source))),
    ),
    configs: only(
      stack.configs,
      named(used.flatMap(({ configs = [] }) => configs.map(({ source }) => source))),
    ),
  }
}

const only = <T>(all: Readonly<Record<string, T>>, wanted: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => wanted(key)))

/** The stack with other services: those for which `change` answers something. */
export function mapServices(
  stack: Stack,
  change: (service: StackService, key: string) => StackService | undefined,
): Stack {
  const services = Object.entries(stack.services).flatMap(([key, service]) => {
    const changed = change(service, key)
    return changed ? [[key, changed] as const] : []
  })
  return { ...stack, services: Object.fromEntries(services) }
}

const withReplicas = (service: StackService, replicas: number): StackService => ({
  ...service,
  deploy: { ...service.deploy, replicas },
})

/**
 * The stack with as many instances as run. What is not there gets as many as the stack says; so does what is stopped,
 * unless that stays so.
 */
export function withRunning(
  name: string,
  stack: Stack,
  services: readonly SwarmService[],
  ofStopped: 'starts' | 'stays' = 'starts',
): Stack {
  const there = new Map(services.map((service) => [service.name, service]))
  return mapServices(stack, (service, key) => {
    const running = there.get(serviceName(name, key))
    if (running === undefined) return service
    if (isStopped(running)) return ofStopped === 'stays' ? stopped(service) : service
    return service.deploy.mode === 'replicated' && running.replicas
      ? withReplicas(service, running.replicas)
      : service
  })
}

/** Whether two stacks say the same, but for the numbers of instances. */
export const sameButScale = (a: Stack, b: Stack): boolean => isDeepStrictEqual(unscaled(a), unscaled(b))

const unscaled = (stack: Stack): Stack => mapServices(stack, (service) => withReplicas(service, 0))

/** Whether instances of two services are the same, however many, and by whatever name their image was written. */
export const sameInstances = (a: StackService, b: StackService): boolean =>
  isDeepStrictEqual(withReplicas(unnamed(a), 0), withReplicas(unnamed(b), 0))

const unnamed = (service: StackService): StackService => rewritten(service, service.image)

/** What has to come of a stack: a job is only started by `swarm run`. */
export const awaitedOf = (name: string, { services }: Stack) =>
  Object.entries(services)
    .filter(([, service]) => isKept(service))
    .map(([key, service]) => {
      const count = countOf(service)
      return { name: serviceName(name, key), ...(count !== undefined && { count }) }
    })

/** Full names of the components of a stack, in its order. */
export const componentsOf = (stack: Stack): string[] => [
  ...new Set(
    Object.values(stack.services)
      .filter(({ deploy }) => deploy.labels[LABELS.kind] !== 'balancer')
      .map(({ deploy }) => deploy.labels[LABELS.component] ?? ''),
  ),
]

/** Keys of the services of some components; balancers are of nobody. */
export const keysOf = (stack: Stack, components: ReadonlySet<string>): string[] =>
  Object.entries(stack.services)
    .filter(
      ([, { deploy }]) =>
        deploy.labels[LABELS.kind] !== 'balancer' && components.has(deploy.labels[LABELS.component] ?? ''),
    )
    .map(([key]) => key)
