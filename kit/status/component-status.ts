import type { SwarmNode } from '../swarm/nodes.ts'
import type { SwarmService } from '../swarm/services.ts'
import { isOver, isWanted, type Task } from '../swarm/tasks.ts'
import { faultsOf, type InstanceFault } from './faults.ts'
import type { State } from './state.ts'

/** How a component is, or the balancer in front of it. */
export interface ComponentStatus {
  /** Full name; of a service that the kit did not make, its name. */
  readonly component: string
  readonly kind: string
  readonly state: State
  readonly wanted: number
  readonly running: number
  /** Host names of the nodes that run it -> instances there. */
  readonly nodes: Readonly<Record<string, number>>
  readonly image: string
  /** Since when each instance runs as it does: the newest one's time. */
  readonly since?: string
  /** An instance counts as running once its health check was good. */
  readonly health: 'good' | 'waiting' | 'bad' | 'none'
  readonly faults: readonly InstanceFault[]
  /** What is to be known of its last update, where that did not go well or goes on. */
  readonly update?: string
}

/** What the tasks of a service say. */
export function componentStatus(
  service: SwarmService,
  tasks: readonly Task[],
  nodes: readonly SwarmNode[],
  now: Date,
): ComponentStatus {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const alive = tasks.filter((task) => !isOver(task) && isReachable(task, byId))
  const running = alive.filter((task) => isWanted(task) && task.state === 'running')
  const wanted = service.replicas ?? alive.filter(isWanted).length
  const counts = { wanted, running: running.length, alive }
  const faults = faultsOf(service, tasks, byId, now)
  const state = stateOf(service, counts, faults)
  const since = running
    .map((task) => task.since)
    .sort()
    .at(-1)
  const update = sayUpdate(service)
  return {
    component: service.component || service.name,
    kind: service.kind,
    state,
    wanted,
    running: running.length,
    nodes: countNodes(running, byId),
    image: service.image,
    ...(since && { since }),
    health: healthOf(state, counts),
    faults,
    ...(update && { update }),
  }
}

interface Counts {
  readonly wanted: number
  readonly running: number
  readonly alive: readonly Task[]
}

function stateOf(
  service: SwarmService,
  { wanted, running, alive }: Counts,
  faults: readonly InstanceFault[],
): State {
  const stopping = alive.some((task) => !isWanted(task))
  if (service.mode.endsWith('-job')) return alive.length > running ? 'starting' : 'up'
  if (faults.length > 0 || service.update?.state.endsWith('paused')) return 'failed'
  if (wanted === 0) return stopping ? 'stopping' : 'down'
  if (running < wanted) return alive.some(isWanted) ? 'starting' : 'down'
  if (service.update?.state === 'updating') return 'starting'
  return stopping ? 'stopping' : 'up'
}

function healthOf(state: State, { wanted, running }: Counts): ComponentStatus['health'] {
  if (state === 'failed') return 'bad'
  if (wanted === 0) return 'none'
  if (running >= wanted) return 'good'
  return state === 'starting' ? 'waiting' : 'bad'
}

/** What a node that is down had is gone, whatever the swarm last heard of it. */
const isReachable = (task: Task, nodes: ReadonlyMap<string, SwarmNode>): boolean =>
  task.node === '' || nodes.get(task.node)?.state === 'ready'

function countNodes(running: readonly Task[], nodes: ReadonlyMap<string, SwarmNode>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { node } of running) {
    const name = nodes.get(node)?.hostname ?? node
    counts[name] = (counts[name] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)))
}

const updates: Readonly<Record<string, string>> = {
  updating: 'an update goes on',
  paused: 'its update has stopped half way',
  rollback_started: 'its update is taken back',
  rollback_paused: 'taking back its update has stopped half way',
  rollback_completed: 'its last update was taken back',
}

function sayUpdate({ update }: SwarmService): string | undefined {
  const said = updates[update?.state ?? '']
  return said === undefined ? undefined : `${said} (${update?.message})`
}
