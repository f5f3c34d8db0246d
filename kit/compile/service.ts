import type { Component, Limits } from '../definition/model.ts'
import { LABELS } from '../swarm/labels.ts'
import { controlVariables } from './control.ts'
import { configUses, secretUses } from './files.ts'
import { healthcheckOf } from './health.ts'
import { linkVariables } from './link-variables.ts'
import type { Networks } from './networks.ts'
import { nodeConditions } from './node-conditions.ts'
import { duration, sortedObject } from './order.ts'
import { labelsOf, type Plan } from './plan.ts'
import type { StackDeploy, StackService } from './types.ts'
import { updateOf } from './update.ts'
import { keepsFolders, mountsOf } from './volumes.ts'

/** The service that runs a component. */
export function serviceOf(plan: Plan, component: Component, networks: Networks): StackService {
  const { image, entrypoint, args, health, contained, drainSeconds } = component
  const ports = plan.published.own(component)
  const mounts = mountsOf(plan, component)
  const secrets = secretUses(component)
  const configs = configUses(plan, component)
  const healthcheck = healthcheckOf(health)
  const environment = environmentOf(plan, component)
  return {
    image,
    ...(entrypoint && { entrypoint }),
    ...(args.length > 0 && { command: args }),
    ...(Object.keys(environment).length > 0 && { environment }),
    networks: networks.of(plan.key(component)),
    ...(ports.length > 0 && { ports }),
    ...(mounts.length > 0 && { volumes: mounts }),
    ...(secrets.length > 0 && { secrets }),
    ...(configs.length > 0 && { configs }),
    ...(healthcheck && { healthcheck }),
    init: true,
    ...(contained && { read_only: true, cap_drop: ['ALL'] }),
    ...(drainSeconds !== undefined && { stop_grace_period: duration(drainSeconds) }),
    deploy: deployOf(plan, component),
  }
}

/** What the author wrote counts more than what comes from its links. */
const environmentOf = (plan: Plan, component: Component): Record<string, string> =>
  sortedObject(
    [
      ...new Map([
        ...linkVariables(component, plan.find),
        ...controlVariables(plan, component),
        ...component.env.map(({ name, value }) => [name, value] as const),
      ]),
    ].map(([name, value]) => [name, bracesKept(value)]),
  )

/** Swarm fills in `{{.Node.ID}}` and the like in a variable, and starts no task that has other words in double braces. */
const bracesKept = (value: string): string =>
  value.replace(/\{\{(?!\s*\.(?:Node|Service|Task)\b)/g, '{{"{{"}}')

function deployOf(plan: Plan, component: Component): StackDeploy {
  const { placement, scale, schedule, limits, fullName } = component
  const labels = labelsOf(plan, fullName, schedule ? 'job' : 'component')
  const common = { endpoint_mode: 'dnsrr', labels } as const
  const rest = { ...placementOf(plan, component), ...resourcesOf(limits) }
  // Nothing runs until it is told to: `swarm run`.
  if (schedule)
    return { mode: 'replicated-job', replicas: 0, ...common, restart_policy: { condition: 'none' }, ...rest }
  const ports = plan.published.own(component).length > 0
  // Of one a machine, a second one has no place before the first has gone.
  const alone = ports || keepsFolders(component) || placement.mode === 'one-per-machine'
  const kept = {
    ...common,
    ...updateOf(component, alone),
    restart_policy: { condition: 'any', delay: '1s' },
    ...rest,
  } as const
  if (placement.mode === 'global') return { mode: 'global', ...kept }
  const wanted = plan.surroundings.instances?.get(fullName) ?? scale.min
  const scaled = scale.max > scale.min && { [LABELS.scale]: `${scale.min}-${scale.max}` }
  const replicas = Math.min(scale.max, Math.max(scale.min, wanted))
  return { mode: 'replicated', replicas, ...kept, labels: { ...labels, ...scaled } }
}

function placementOf(plan: Plan, component: Component): Pick<StackDeploy, 'placement'> {
  const { mode, labels } = component.placement
  const constraints = [
    ...(component.control ? ['node.role == manager'] : []),
    ...nodeConditions(labels),
    ...nodeConditions(plan.pins.labelsOf(component).map((name) => ({ name, value: 'here' }))),
  ]
  const one = mode === 'one-per-machine'
  if (constraints.length === 0 && !one) return {}
  return {
    placement: {
      ...(constraints.length > 0 && { constraints }),
      ...(one && { max_replicas_per_node: 1 }),
    },
  }
}

function resourcesOf({ cpus, memoryBytes, pids }: Limits): Pick<StackDeploy, 'resources'> {
  if (cpus === undefined && memoryBytes === undefined && pids === undefined) return {}
  return {
    resources: {
      limits: {
        ...(cpus !== undefined && { cpus: String(cpus) }),
        ...(memoryBytes !== undefined && { memory: String(memoryBytes) }),
        ...(pids !== undefined && { pids }),
      },
    },
  }
}
