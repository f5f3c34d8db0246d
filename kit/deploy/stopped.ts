import type { StackService } from '../compile/types.ts'
import type { SwarmService } from '../swarm/services.ts'

/** No node has this label, so a global service has no instance. */
export const STOPPED = 'node.labels.dogfood.stopped==yes'

/** Whether a service of the swarm was told to have no instances. */
export const isStopped = ({ mode, replicas, spec }: SwarmService): boolean =>
  mode === 'global'
    ? (spec.TaskTemplate.Placement?.Constraints ?? []).includes(STOPPED)
    : mode === 'replicated' && replicas === 0

/** The service with no instances; a job has none anyway, until somebody runs it. */
export function stopped(service: StackService): StackService {
  const { mode, placement } = service.deploy
  if (mode === 'replicated') return { ...service, deploy: { ...service.deploy, replicas: 0 } }
  if (mode !== 'global') return service
  const constraints = [...(placement?.constraints ?? []), STOPPED]
  return { ...service, deploy: { ...service.deploy, placement: { ...placement, constraints } } }
}

/** How many instances a service of a stack is to have; of a global one nobody says a number, unless it is stopped. */
export function countOf({ deploy: { mode, replicas, placement } }: StackService): number | undefined {
  if (mode === 'replicated') return replicas ?? 1
  return placement?.constraints?.includes(STOPPED) ? 0 : undefined
}
