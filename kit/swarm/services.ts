import { askLines, inspectAll } from './ask.ts'
import { inspectServices, listAllServices, listServices } from './commands.ts'
import { LABELS, type Labels } from './labels.ts'

/** A service of a stack as the swarm has it. */
export interface SwarmService {
  readonly id: string
  /** `dogfood-production_site-webapp`. */
  readonly name: string
  /** Full name of the component it runs, or of the one it balances: `site/webapp`. */
  readonly component: string
  /** `component`, `balancer`, `canary`, `job`, `run`; empty for one that the kit did not make. */
  readonly kind: string
  readonly labels: Labels
  /** With its digest, where it has one. */
  readonly image: string
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  /** Instances that are wanted; of a global service nobody says a number. */
  readonly replicas?: number
  readonly networks: readonly string[]
  readonly secrets: readonly Attached[]
  readonly configs: readonly Attached[]
  readonly update?: UpdateStatus
  readonly createdAt: string
  readonly updatedAt: string
  /** Its spec as Docker has it. */
  readonly spec: ServiceSpec
}

export interface Attached {
  readonly id: string
  readonly name: string
}

/** How the last update goes, or went. */
export interface UpdateStatus {
  readonly state:
    | 'updating'
    | 'paused'
    | 'completed'
    | 'rollback_started'
    | 'rollback_paused'
    | 'rollback_completed'
  readonly startedAt?: string
  readonly completedAt?: string
  readonly message: string
}

interface Ref {
  readonly SecretID?: string
  readonly SecretName?: string
  readonly ConfigID?: string
  readonly ConfigName?: string
}

export interface ServiceSpec {
  readonly Name: string
  readonly Labels?: Labels
  readonly TaskTemplate: {
    readonly ContainerSpec?: {
      readonly Image: string
      readonly Secrets?: readonly Ref[]
      readonly Configs?: readonly Ref[]
    }
    readonly Placement?: { readonly Constraints?: readonly string[] }
    readonly Networks?: readonly { readonly Target: string }[]
    readonly ForceUpdate?: number
  }
  readonly Mode: {
    readonly Replicated?: { readonly Replicas?: number }
    readonly Global?: object
    readonly ReplicatedJob?: { readonly TotalCompletions?: number; readonly MaxConcurrent?: number }
    readonly GlobalJob?: object
  }
}

/** What `docker service inspect` prints of a service, as far as it is read here. */
export interface InspectedService {
  readonly ID: string
  readonly CreatedAt: string
  readonly UpdatedAt: string
  readonly Spec: ServiceSpec
  readonly UpdateStatus?: {
    readonly State?: string
    readonly StartedAt?: string
    readonly CompletedAt?: string
    readonly Message?: string
  }
}

/** All services of a stack: two questions, however many there are. */
export async function readServices(stack: string): Promise<SwarmService[]> {
  const ids = await askLines(listServices(stack))
  return (await inspectAll<InspectedService>(inspectServices, ids)).map(serviceOf)
}

/** The services of all stacks, and those of none. */
export async function readAllServices(): Promise<SwarmService[]> {
  const ids = await askLines(listAllServices())
  return (await inspectAll<InspectedService>(inspectServices, ids)).map(serviceOf)
}

export function serviceOf(inspected: InspectedService): SwarmService {
  const { ID, Spec, UpdateStatus, CreatedAt, UpdatedAt } = inspected
  const { Labels = {}, TaskTemplate } = Spec
  const container = TaskTemplate.ContainerSpec
  return {
    id: ID,
    name: Spec.Name,
    component: Labels[LABELS.component] ?? '',
    kind: Labels[LABELS.kind] ?? '',
    labels: Labels,
    image: container?.Image ?? '',
    ...modeOf(Spec.Mode),
    networks: (TaskTemplate.Networks ?? []).map(({ Target }) => Target),
    secrets: (container?.Secrets ?? []).map(({ SecretID = '', SecretName = '' }) => ({
      id: SecretID,
      name: SecretName,
    })),
    configs: (container?.Configs ?? []).map(({ ConfigID = '', ConfigName = '' }) => ({
      id: ConfigID,
      name: ConfigName,
    })),
    ...(UpdateStatus?.State && { update: updateOf(UpdateStatus, UpdateStatus.State) }),
    createdAt: CreatedAt,
    updatedAt: UpdatedAt,
    spec: Spec,
  }
}

function modeOf(mode: ServiceSpec['Mode']): Pick<SwarmService, 'mode' | 'replicas'> {
  if (mode.Global) return { mode: 'global' }
  if (mode.GlobalJob) return { mode: 'global-job' }
  if (mode.ReplicatedJob)
    return { mode: 'replicated-job', replicas: mode.ReplicatedJob.TotalCompletions ?? 0 }
  return { mode: 'replicated', replicas: mode.Replicated?.Replicas ?? 0 }
}

function updateOf(status: NonNullable<InspectedService['UpdateStatus']>, state: string): UpdateStatus {
  return {
    state: state as UpdateStatus['state'],
    message: status.Message ?? '',
    ...(status.StartedAt && { startedAt: status.StartedAt }),
    ...(status.CompletedAt && { completedAt: status.CompletedAt }),
  }
}
