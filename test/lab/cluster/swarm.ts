import { until } from '../../until.ts'
import { docker } from '../docker.ts'
import type { Layout, Machine } from './layout.ts'

const WELL_SECONDS = 60

/** Runs the docker command against a node's engine. */
export const dockerOn = ({ host }: Machine, ...args: string[]): Promise<string> =>
  docker('--host', host, ...args)

/** Makes the nodes one swarm, each a manager. */
export async function joinAll({ machines }: Layout): Promise<void> {
  const [first, ...others] = machines
  if (first === undefined) return
  // Without a sign for three heartbeats a node counts as down: 6 s, instead of the 15 s of the default.
  const init = ['--advertise-addr', first.address, '--dispatcher-heartbeat', '2s']
  await dockerOn(first, 'swarm', 'init', ...init)
  const token = await dockerOn(first, 'swarm', 'join-token', '--quiet', 'manager')
  for (const machine of others) {
    const join = ['--token', token, '--advertise-addr', machine.address, `${first.address}:2377`]
    await dockerOn(machine, 'swarm', 'join', ...join)
  }
}

/** Waits until every node sees every other one ready. */
export const allReady = (layout: Layout): Promise<void> =>
  until(() => isWell(layout), 'a swarm with all its nodes', WELL_SECONDS)

export async function isWell({ machines }: Layout): Promise<boolean> {
  const format = '{{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}}'
  const wanted = machines.length
  const views = machines.map(async (machine) => {
    const nodes = (await dockerOn(machine, 'node', 'ls', '--format', format)).split('\n')
    return nodes.filter((node) => / Ready Active (?:Leader|Reachable)$/.test(node)).length === wanted
  })
  const seen = await Promise.all(views.map((view) => view.catch(() => false)))
  return seen.every(Boolean)
}

/** The manager that decides, as the first of these that answers knows it. */
export async function leaderOf(machines: readonly Machine[]): Promise<Machine> {
  for (const machine of machines) {
    const listed = await dockerOn(
      machine,
      'node',
      'ls',
      '--format',
      '{{.Hostname}} {{.ManagerStatus}}',
    ).catch(() => '')
    const name = /^(\S+) Leader$/m.exec(listed)?.[1]
    const leader = machines.find((other) => other.name === name)
    if (leader) return leader
  }
  throw new Error('no node knows a leader')
}
