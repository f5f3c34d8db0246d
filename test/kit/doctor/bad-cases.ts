import type { CheckName, Finding } from '../../../kit/doctor/finding.ts'
import type { Observed } from '../../../kit/doctor/observed.ts'
import type { NodeAnswer } from '../../../kit/swarm/on-every-node.ts'
import { networks, nodes, services } from '../swarm/recorded.ts'
import { others, report, well } from './well.ts'

/** What is wrong, which check finds it, how the swarm looks then, and what the finding says. */
export const bad: readonly (readonly [
  string,
  CheckName,
  Partial<Observed>,
  Finding['level'],
  RegExp,
  RegExp,
])[] = [
  ['an old client', 'versions', { client: '24.0.7' }, 'error', /CLI here is 24\.0\.7/, /Install version 26/],
  [
    'an old engine',
    'versions',
    { nodes: nodes.map((node, index) => (index === 1 ? { ...node, engine: '20.10.5' } : node)) },
    'error',
    /node2 has engine 20\.10\.5/,
    /--availability drain node2/,
  ],
  [
    'a node that is down',
    'nodes',
    { nodes: nodes.map((node, index) => (index === 1 ? { ...node, state: 'down' } : node)) },
    'error',
    /node2 \(10\.77\.42\.12\) is down/,
    /docker node rm --force node2/,
  ],
  [
    'a drained node',
    'nodes',
    { nodes: nodes.map((node, index) => (index === 2 ? { ...node, availability: 'drain' } : node)) },
    'note',
    /node3 takes no work/,
    /--availability active node3/,
  ],
  [
    'a node that could not be asked',
    'nodes',
    {
      reports: [{ answer: { node: nodes[0], output: '', fault: 'No such image' } as NodeAnswer }, ...others],
    },
    'error',
    /node1 could not be asked: No such image/,
    /SWARM_NODE_IMAGE/,
  ],
  [
    'an engine with live-restore',
    'nodes',
    { reports: [report(0, { liveRestore: true }), ...others] },
    'error',
    /"live-restore" is on at node1/,
    /daemon\.json/,
  ],
  [
    'a manager that is lost',
    'quorum',
    {
      nodes: nodes.map((node, index) =>
        index === 1 ? { ...node, manager: { leader: false, reachable: false, address: '' } } : node,
      ),
    },
    'error',
    /2 of 3 managers answer \(away: node2\)/,
    /docker node promote/,
  ],
  [
    'one manager alone',
    'quorum',
    {
      nodes: nodes.map(({ manager, ...node }, index) =>
        index === 0 && manager ? { ...node, manager } : node,
      ),
    },
    'warning',
    /1 of 1 managers answer: when one is lost/,
    /docker node promote node2 node3/,
  ],
  [
    'a disk that is full',
    'disk',
    { reports: [report(0, { diskFreeBytes: 5e9 }), ...others] },
    'error',
    /node1: 95 % of the disk .* 4\.7 GiB are left/,
    /swarm prune/,
  ],
  [
    'a disk that fills',
    'disk',
    { reports: [report(0, { diskFreeBytes: 15e9 }), ...others] },
    'warning',
    /node1: 85 %/,
    /swarm prune/,
  ],
  [
    'a clock that is ahead',
    'clocks',
    { reports: [report(0, {}, { since: '2026-11-21T18:33:09Z' }), ...others] },
    'error',
    /node1 is about 9 s ahead/,
    /timedatectl/,
  ],
  [
    'a clock that is behind',
    'clocks',
    { reports: [report(0, {}, { since: '2026-11-21T18:31:00Z' }), ...others] },
    'error',
    /node1 is about 120 s behind/,
    /timedatectl/,
  ],
  [
    'a port that a program has',
    'ports',
    { reports: [report(0, { published: new Map() }), ...others] },
    'error',
    /node1: port 8080 is taken by another program/,
    /ss -ltnp 'sport = :8080'/,
  ],
  [
    'a port that another container has',
    'ports',
    { reports: [report(0, { published: new Map([[8080, 'old-site']]) }), ...others] },
    'error',
    /port 8080 is taken by the container old-site/,
    /docker rm --force old-site/,
  ],
  [
    'a registry that is out of reach',
    'registries',
    {
      reports: [
        report(0, { pulls: new Map([['registry.example.com/a', 'dial tcp: i/o timeout']]) }),
        ...others,
      ],
    },
    'error',
    /node1 does not reach the registry registry\.example\.com: dial tcp: i\/o timeout/,
    /firewall/,
  ],
  [
    'a registry that wants a login',
    'registries',
    {
      reports: [
        report(0, { pulls: new Map([['registry.example.com/a', 'denied: requested access']]) }),
        ...others,
      ],
    },
    'note',
    /wants a login/,
    /docker login registry\.example\.com.*--pull/,
  ],
  [
    'a network that nothing uses',
    'networks',
    {
      networks: [
        ...well.networks,
        {
          ...networks[0],
          id: 'x',
          name: 'old_default',
          ingress: false,
          attachable: false,
        } as (typeof networks)[0],
      ],
    },
    'warning',
    /No service uses the network old_default/,
    /docker network rm old_default/,
  ],
  [
    'a network that is too small',
    'addresses',
    {
      services: services.map((service) => ({
        ...service,
        ...(service.kind !== 'balancer' && service.component === 'site/webapp' && { replicas: 120 }),
      })),
    },
    'warning',
    /has room for 253 addresses, and an update of all its 12\d instances needs 2\d\d/,
    /default-addr-pool-mask-length/,
  ],
  [
    'a pool without room for more networks',
    'addresses',
    { pool: { pools: ['10.1.0.0/22'], subnetSize: 24 } },
    'error',
    /The swarm has \d networks, and its address pool \(10\.1\.0\.0\/22\) is enough for 4/,
    /Remove networks/,
  ],
  [
    'instances that may gain privileges',
    'privileges',
    { reports: [report(0, { securityOptions: [] }), ...others] },
    'warning',
    /Containers on node1 may gain privileges/,
    /"no-new-privileges": true/,
  ],
  [
    'a node without IPVS',
    'ipvs',
    { reports: [report(0, { hasIpvs: false }), ...others] },
    'note',
    /No IPVS was seen on node1/,
    /modprobe ip_vs/,
  ],
  [
    'a job that is left over',
    'leftovers',
    {
      services: [
        {
          ...services[0],
          name: 'dogfood-stats-1',
          kind: 'node-job',
          createdAt: '2026-11-21T17:00:00Z',
        } as (typeof services)[0],
        ...services,
      ],
    },
    'warning',
    /dogfood-stats-1 is left over/,
    /docker service rm dogfood-stats-1/,
  ],
]
