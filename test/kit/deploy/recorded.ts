import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Snapshot, watchedTask } from '../../../kit/deploy/watch/snapshot.ts'
import { type InspectedNode, nodeOf } from '../../../kit/swarm/nodes.ts'
import { type InspectedService, serviceOf } from '../../../kit/swarm/services.ts'
import type { InspectedTask } from '../../../kit/swarm/tasks.ts'

interface Inspected {
  readonly services: readonly InspectedService[]
  readonly tasks: readonly InspectedTask[]
  readonly nodes: readonly InspectedNode[]
}

/** What engines 26 said of a service with three instances, at one moment of a deploy. */
export function recorded(name: string): Snapshot {
  const file = join(import.meta.dirname, 'recorded', `${name}.txt`)
  const { services, tasks, nodes } = JSON.parse(readFileSync(file, 'utf8')) as Inspected
  return { services: services.map(serviceOf), tasks: tasks.map(watchedTask), nodes: nodes.map(nodeOf) }
}

/** Nothing was there before. */
export const nothing: Snapshot = { services: [], tasks: [], nodes: [] }
