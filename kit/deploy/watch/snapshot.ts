import { docker } from '../../docker.ts'
import { inspectAll, isMissing } from '../../swarm/ask.ts'
import { inspectTasks, listTasks } from '../../swarm/commands.ts'
import { readNodes, type SwarmNode } from '../../swarm/nodes.ts'
import { readServices, type SwarmService } from '../../swarm/services.ts'
import { choose, type InspectedTask, type ListedTask, type Task, taskOf } from '../../swarm/tasks.ts'

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
    readWatchedTasks(stack),
    readNodes(),
  ])
  return { services, tasks, nodes }
}

async function readWatchedTasks(stack: string): Promise<WatchedTask[]> {
  const text = await docker(listTasks(stack)).catch((error: unknown) => {
    if (isMissing(error)) return ''
    throw error
  })
  const listed = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ListedTask)
  return (await inspectAll<InspectedTask>(inspectTasks, choose(listed, ENDED_KEPT))).map(watchedTask)
}

export const watchedTask = (inspected: InspectedTask): WatchedTask => ({
  ...taskOf(inspected),
  spec: inspected.Spec,
})
