import type { SwarmNode } from '../swarm/nodes.ts'
import { type Finding, good, orGood } from './finding.ts'
import type { Observed } from './observed.ts'

const OLDEST = 26

export function checkVersions({ client, nodes }: Observed): readonly Finding[] {
  const clients: Finding[] = isOld(client)
    ? [
        {
          check: 'versions',
          level: 'error',
          what: `The Docker CLI here is ${client}; what it prints before ${OLDEST} is not understood.`,
          fix: `Install version ${OLDEST} or newer: https://docs.docker.com/engine/install/`,
        },
      ]
    : []
  const engines = nodes
    .filter(({ engine }) => isOld(engine))
    .map(
      ({ hostname, engine }): Finding => ({
        check: 'versions',
        level: 'error',
        what: `${hostname} has engine ${engine}; the kit is tested with ${OLDEST} and newer.`,
        fix: `Drain the node (\`docker node update --availability drain ${hostname}\`), update its engine, make it active again.`,
      }),
    )
  const there = [...new Set(nodes.map(({ engine }) => engine))].join(', ')
  return orGood([...clients, ...engines], 'versions', `Docker CLI ${client}, engines ${there}.`)
}

const isOld = (version: string): boolean => Number.parseInt(version, 10) < OLDEST

export function checkNodes({ nodes }: Observed): readonly Finding[] {
  const found = nodes.flatMap(({ hostname, state, availability, address }): Finding[] => {
    if (state !== 'ready')
      return [
        {
          check: 'nodes',
          level: 'error',
          what: `${hostname} (${address}) is ${state}: what it ran is started elsewhere, where that is possible.`,
          fix: `Bring it back (its power, network, and \`systemctl status docker\` there), or forget it: \`docker node rm --force ${hostname}\`.`,
        },
      ]
    if (availability !== 'active')
      return [
        {
          check: 'nodes',
          level: 'note',
          what: `${hostname} takes no work: it is set to ${availability}.`,
          fix: `\`docker node update --availability active ${hostname}\`, when that is over.`,
        },
      ]
    return []
  })
  return orGood(found, 'nodes', `All ${nodes.length} nodes answer and take work.`)
}

export function checkQuorum({ nodes }: Observed): readonly Finding[] {
  const managers = nodes.filter(({ manager }) => manager)
  const reachable = managers.filter(({ manager }) => manager?.reachable)
  const needed = Math.floor(managers.length / 2) + 1
  const spare = reachable.length - needed
  const count = `${reachable.length} of ${managers.length} managers answer`
  if (spare > 0) return [good('quorum', `${count}; ${spare} may be lost.`)]
  const away = managers.filter(({ manager }) => !manager?.reachable).map(({ hostname }) => hostname)
  if (away.length > 0)
    return [
      {
        check: 'quorum',
        level: 'error',
        what: `${count} (away: ${away.join(', ')}): with one less, nothing can be changed and nothing is replaced.`,
        fix: 'Bring a manager back, or replace it: `docker node demote` and `docker node rm` the lost one, `docker node promote` another.',
      },
    ]
  return [
    {
      check: 'quorum',
      level: 'warning',
      what: `${count}: when one is lost, nothing can be changed and nothing is replaced. The site goes on.`,
      fix: `Have three managers on three machines: ${promotable(nodes)}.`,
    },
  ]
}

const promotable = (nodes: readonly SwarmNode[]): string => {
  const workers = nodes.filter(({ manager }) => !manager).map(({ hostname }) => hostname)
  return workers.length > 0
    ? `\`docker node promote ${workers.slice(0, 2).join(' ')}\``
    : '`docker swarm join-token manager` prints what to type on another machine'
}
