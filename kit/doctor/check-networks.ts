import type { SwarmNetwork } from '../swarm/networks.ts'
import type { SwarmService } from '../swarm/services.ts'
import { type Finding, orGood } from './finding.ts'
import type { Observed } from './observed.ts'

const NARROW = 0.8

/** Addresses of a network while all its instances are replaced, new ones beside the old. */
export function checkAddresses(observed: Observed): readonly Finding[] {
  const { networks, services, nodes } = observed
  const found = networks.flatMap((network): Finding[] => {
    const room = roomOf(network)
    const using = services.filter((service) => service.networks.includes(network.id))
    const instances = using.reduce((sum, service) => sum + instancesOf(service, nodes.length), 0)
    // Each node with an instance has an address of its own in it.
    const needed = 2 * instances + Math.min(nodes.length, instances)
    if (room === undefined || needed <= room * NARROW) return []
    return [
      {
        check: 'addresses',
        level: needed > room ? 'error' : 'warning',
        what: `The network ${network.name} (${network.subnets.join(', ')}) has room for ${room} addresses, and an update of all its ${instances} instances needs ${needed}.`,
        fix: 'Give the swarm larger subnets (`docker swarm init --default-addr-pool-mask-length 23` for a new one), or have fewer instances; what is too much stays in the state "new".',
      },
    ]
  })
  return orGood(
    [...found, ...poolFinding(observed)],
    'addresses',
    'Every network has room for an update of all instances.',
  )
}

const instancesOf = ({ mode, replicas }: SwarmService, nodes: number): number =>
  mode.startsWith('global') ? nodes : (replicas ?? 0)

/** Network, broadcast and gateway are taken. */
function roomOf({ subnets }: SwarmNetwork): number | undefined {
  const [subnet] = subnets.filter((one) => one.includes('.'))
  return subnet === undefined ? undefined : 2 ** (32 - prefixOf(subnet)) - 3
}

const prefixOf = (subnet: string): number => Number(subnet.split('/')[1])

function poolFinding({ networks, pool }: Observed): Finding[] {
  const room = pool.pools.reduce((sum, one) => sum + 2 ** Math.max(0, pool.subnetSize - prefixOf(one)), 0)
  if (room === 0 || networks.length <= room * NARROW) return []
  return [
    {
      check: 'addresses',
      level: networks.length >= room ? 'error' : 'warning',
      what: `The swarm has ${networks.length} networks, and its address pool (${pool.pools.join(', ')}) is enough for ${room}.`,
      fix: 'Remove networks that nothing uses (`docker network ls --filter driver=overlay`); the pool of a swarm cannot be changed later.',
    },
  ]
}

export function checkLeftNetworks({ networks, services }: Observed): readonly Finding[] {
  const used = new Set(services.flatMap((service) => service.networks))
  const found = networks
    .filter(({ id, ingress, attachable }) => !ingress && !attachable && !used.has(id))
    .map(
      ({ name }): Finding => ({
        check: 'networks',
        level: 'warning',
        what: `No service uses the network ${name}; it keeps a subnet.`,
        fix: `\`docker network rm ${name}\`, unless a deploy goes on.`,
      }),
    )
  return orGood(found, 'networks', 'Every overlay network is used.')
}
