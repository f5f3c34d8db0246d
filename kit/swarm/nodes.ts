import { askLines, inspectAll } from './ask.ts'
import { inspectNodes, listNodes } from './commands.ts'
import type { Labels } from './labels.ts'

export interface SwarmNode {
  readonly id: string
  readonly hostname: string
  /** Labels of the node in the swarm, as constraints read them. */
  readonly labels: Labels
  readonly state: 'unknown' | 'down' | 'ready' | 'disconnected'
  readonly availability: 'active' | 'pause' | 'drain'
  readonly address: string
  readonly engine: string
  readonly architecture: string
  readonly cpus: number
  readonly memoryBytes: number
  /** Undefined for a worker. */
  readonly manager?: { readonly leader: boolean; readonly reachable: boolean; readonly address: string }
}

/** What `docker node inspect` prints of a node, as far as it is read here. */
export interface InspectedNode {
  readonly ID: string
  readonly Spec: { readonly Labels?: Labels; readonly Role: string; readonly Availability: string }
  readonly Description: {
    readonly Hostname: string
    readonly Platform?: { readonly Architecture?: string }
    readonly Resources?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number }
    readonly Engine?: { readonly EngineVersion?: string }
  }
  readonly Status: { readonly State: string; readonly Addr?: string; readonly Message?: string }
  readonly ManagerStatus?: { readonly Leader?: boolean; readonly Reachability: string; readonly Addr: string }
}

/** All nodes of the swarm: two questions, however many there are. */
export async function readNodes(): Promise<SwarmNode[]> {
  const ids = await askLines(listNodes())
  const nodes = (await inspectAll<InspectedNode>(inspectNodes, ids)).map(nodeOf)
  return nodes.sort((a, b) => a.hostname.localeCompare(b.hostname))
}

export function nodeOf({ ID, Spec, Description, Status, ManagerStatus }: InspectedNode): SwarmNode {
  return {
    id: ID,
    hostname: Description.Hostname,
    labels: Spec.Labels ?? {},
    state: Status.State as SwarmNode['state'],
    availability: Spec.Availability as SwarmNode['availability'],
    address: Status.Addr ?? '',
    engine: Description.Engine?.EngineVersion ?? '',
    architecture: Description.Platform?.Architecture ?? '',
    cpus: (Description.Resources?.NanoCPUs ?? 0) / 1e9,
    memoryBytes: Description.Resources?.MemoryBytes ?? 0,
    ...(ManagerStatus && {
      manager: {
        leader: ManagerStatus.Leader === true,
        reachable: ManagerStatus.Reachability === 'reachable',
        address: ManagerStatus.Addr,
      },
    }),
  }
}
