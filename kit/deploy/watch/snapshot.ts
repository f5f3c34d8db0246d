import { readNodes, type SwarmNode } from '../../swarm/nodes.ts'
import { readServices, type SwarmService } from '../../swarm/services.ts'
import { type InspectedTask, readInspectedTasks, type Task, taskOf } from '../../swarm/tasks.ts'
import { patiently } from './patience.ts'

/** A task, and what it was made from. */
export interface WatchedTask extends Task {
  readonly spec: object
}

/** What the swarm said of an app at one moment. */
export interface Snapshot {
  readonly services: readonly SwarmService[]
  readonly tasks: readonly WatchedTask[]
  readonly nodes: readonly SwarmNode[]
}

// Swarm itself keeps five.
const ENDED_KEPT = 5

export async function readSnapshot(stack: string): Promise<Snapshot> {
  const [services, tasks, nodes] = await Promise.all([
    readServices(stack),
    readInspectedTasks(stack, ENDED_KEPT),
    readNodes(),
  ])
  return { services, tasks: tasks.map(watchedTask), nodes }
}

/** The same of a swarm that may be silent for a while. Throws a Failure when it is so for too long. */
export const readPatiently = (stack: string): Promise<Snapshot> => patiently(() => readSnapshot(stack))

export const watchedTask = (inspected: InspectedTask): WatchedTask => ({
  ...taskOf(inspected),
  spec: inspected.Spec,
})
