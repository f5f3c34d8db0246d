import type { AppStatus } from '../status/app-status.ts'
import type { SwarmNetwork } from '../swarm/networks.ts'
import type { SwarmNode } from '../swarm/nodes.ts'
import type { NodeAnswer } from '../swarm/on-every-node.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { NodeReport } from './node-report.ts'

/** All that the checks look at. */
export interface Observed {
  readonly stack: string
  readonly now: Date
  /** Version of the Docker CLI. */
  readonly client: string
  readonly nodes: readonly SwarmNode[]
  /** Of all stacks. */
  readonly services: readonly SwarmService[]
  readonly networks: readonly SwarmNetwork[]
  readonly pool: AddressPool
  readonly status: AppStatus
  /** TCP ports of the nodes that the app publishes. */
  readonly ports: readonly number[]
  readonly reports: readonly ReportedNode[]
  /** Registry -> what became of a pull on each node; only where it was asked for. */
  readonly pulled: ReadonlyMap<string, readonly NodeAnswer[]>
}

export interface ReportedNode {
  readonly answer: NodeAnswer
  /** Undefined where there was no answer. */
  readonly report?: NodeReport
}

/** Where the swarm takes the subnets of networks from. */
export interface AddressPool {
  readonly pools: readonly string[]
  /** Bits of the prefix of one network. */
  readonly subnetSize: number
}
