import type { SwarmNode } from '../swarm/nodes.ts'

/**
 * How the engine of a node is reached, as SWARM_NODE_HOSTS says: `name=host` for each with commas between, or one
 * pattern for all with {hostname} or {address}.
 */
export function hostOf({ hostname, address }: SwarmNode, hosts: string | undefined): string | undefined {
  const entries = (hosts ?? '').split(',').map((entry) => entry.trim())
  const named = entries.find((entry) => entry.startsWith(`${hostname}=`))
  if (named !== undefined) return named.slice(hostname.length + 1)
  const pattern = entries.find((entry) => /\{(?:hostname|address)\}/.test(entry) && !/^[^:]*=/.test(entry))
  return pattern?.replaceAll('{hostname}', hostname).replaceAll('{address}', address)
}
