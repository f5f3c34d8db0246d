import { altered, type Change, diff } from '../compile/diff.ts'
import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { Release } from './release.ts'
import { mapServices, serviceName, withRunning } from './stack-parts.ts'
import type { State } from './state.ts'
import { isStopped } from './stopped.ts'
import { changedKeys, lasting, specHash } from './unchanged.ts'

/**
 * What a deploy of `wanted` changes of what runs. Nobody can say in what a service differs that was changed since the
 * release was made, so it is one change; that comes last.
 */
export function runningDiff(
  name: string,
  wanted: Stack,
  { releases: [release], services }: Pick<State, 'releases' | 'services'>,
): Change[] {
  if (release === undefined) return diff(undefined, wanted)
  const there = new Map(lasting(services).map((service) => [service.name, service]))
  const running = asItRuns(name, release, there)
  const changes = [...diff(running, wanted), ...foreign(name, [running, wanted], there)]
  const others = [...changedKeys(name, wanted, release, services)].flatMap((key): Change[] => {
    const service = wanted.services[key]
    const change = service && altered(key, service)
    return change && !isTold(change, changes, there.get(serviceName(name, key))) ? [change] : []
  })
  return [...changes, ...others]
}

/** Whether it is told already that the instances are replaced; what is stopped has none. */
const isTold = (
  { component }: Change,
  changes: readonly Change[],
  service: SwarmService | undefined,
): boolean =>
  changes.some(
    (change) =>
      change.component === component && (change.restarts || service === undefined || isStopped(service)),
  )

/** What was released, as far as it is there, with the numbers of instances that it has. */
function asItRuns(name: string, release: Release, there: ReadonlyMap<string, SwarmService>): Stack {
  const stack = mapServices(readStack(release.stack), (service, key) => {
    const running = there.get(serviceName(name, key))
    if (running === undefined || release.specs[running.name] === specHash(running.spec))
      return running && service
    // Only of what was changed since: the swarm has short names for images of Docker Hub.
    return { ...service, image: running.image }
  })
  return withRunning(name, stack, [...there.values()], 'stays')
}

/** Services of the stack that no file tells of: a deploy removes them. */
function foreign(name: string, stacks: readonly Stack[], there: ReadonlyMap<string, SwarmService>): Change[] {
  const known = new Set(
    stacks.flatMap(({ services }) => Object.keys(services).map((key) => serviceName(name, key))),
  )
  return [...there.values()]
    .filter((service) => !known.has(service.name))
    .map((service) => ({
      kind: 'component removed',
      component: service.kind === 'component' ? service.component : service.name.slice(name.length + 1),
      from: service.image,
      restarts: false,
    }))
}
