import { readStatus } from '../status/read-status.ts'
import { askLine } from '../swarm/ask.ts'
import { addressPool, clientVersion } from '../swarm/commands.ts'
import { readNetworks } from '../swarm/networks.ts'
import { readNodes } from '../swarm/nodes.ts'
import { type NodeAnswer, onEveryNode, pullOnEveryNode } from '../swarm/on-every-node.ts'
import { readAllServices } from '../swarm/services.ts'
import { registryOf, repositoryOf } from './check-registries.ts'
import { parseReport, reportScript } from './node-report.ts'
import type { AddressPool, Observed, ReportedNode } from './observed.ts'

/** What to look at. */
export interface Patient {
  readonly stack: string
  readonly images: readonly string[]
  readonly ports: readonly number[]
  /** Whether nodes pull an image of each registry. */
  readonly pull: boolean
  readonly now: Date
}

/** Asks the swarm, and every node of it. */
export async function observe({ stack, images, ports, pull, now }: Patient): Promise<Observed> {
  const [client, nodes, services, networks, pool, status, reports, pulled] = await Promise.all([
    askLine(clientVersion()),
    readNodes(),
    readAllServices(),
    readNetworks(),
    askLine(addressPool()),
    readStatus(stack, now),
    askNodes(images),
    pull ? pullAll(images) : new Map<string, readonly NodeAnswer[]>(),
  ])
  return {
    ...{ stack, now, client, nodes, services, networks, ports, status, reports, pulled },
    pool: poolOf(pool),
  }
}

async function askNodes(images: readonly string[]): Promise<ReportedNode[]> {
  const repositories = [...firstOfEach(images).values()].map(repositoryOf)
  const env = { IMAGES: repositories.join(' ') }
  const answers = await onEveryNode({ purpose: 'doctor', script: reportScript, env, hostNetwork: true })
  return answers.map((answer) => ({
    answer,
    ...(answer.output.includes('== ipvs') && { report: parseReport(answer) }),
  }))
}

async function pullAll(images: readonly string[]): Promise<Map<string, readonly NodeAnswer[]>> {
  const pulled = [...firstOfEach(images)].map(
    async ([registry, image]) => [registry, await pullOnEveryNode(image)] as const,
  )
  return new Map(await Promise.all(pulled))
}

const firstOfEach = (images: readonly string[]): Map<string, string> =>
  new Map(images.toReversed().map((image) => [registryOf(image), image]))

function poolOf(text: string): AddressPool {
  const { DefaultAddrPool, SubnetSize } = (JSON.parse(text) ?? {}) as {
    DefaultAddrPool?: string[] | null
    SubnetSize?: number
  }
  return { pools: DefaultAddrPool ?? ['10.0.0.0/8'], subnetSize: SubnetSize || 24 }
}
