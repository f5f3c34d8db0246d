import { askLines, inspectAll } from './ask.ts'
import { inspectNetworks, listOverlays } from './commands.ts'
import type { Labels } from './labels.ts'

/** An overlay network. */
export interface SwarmNetwork {
  readonly id: string
  readonly name: string
  readonly labels: Labels
  readonly internal: boolean
  readonly ingress: boolean
  /** Containers that belong to no service can use it. */
  readonly attachable: boolean
  /** `10.0.3.0/24`. */
  readonly subnets: readonly string[]
}

/** What `docker network inspect` prints, as far as it is read here. */
export interface InspectedNetwork {
  readonly Id: string
  readonly Name: string
  readonly Labels?: Labels | null
  readonly Internal?: boolean
  readonly Ingress?: boolean
  readonly Attachable?: boolean
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null }
}

/** All overlay networks of the swarm: two questions, however many there are. */
export async function readNetworks(): Promise<SwarmNetwork[]> {
  const ids = await askLines(listOverlays())
  return (await inspectAll<InspectedNetwork>(inspectNetworks, ids)).map(networkOf)
}

export const networkOf = (inspected: InspectedNetwork): SwarmNetwork => ({
  id: inspected.Id,
  name: inspected.Name,
  labels: inspected.Labels ?? {},
  internal: inspected.Internal === true,
  ingress: inspected.Ingress === true,
  attachable: inspected.Attachable === true,
  subnets: (inspected.IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet])),
})
