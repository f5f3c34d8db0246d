import { namedComponents } from '../cli/named-components.ts'
import { readNodes } from '../swarm/nodes.ts'
import { readServices } from '../swarm/services.ts'
import { readTasks } from '../swarm/tasks.ts'
import { type Readable, readable } from './line.ts'

// As many as Swarm keeps.
const ENDED = 5

/** The tasks of components, or of all, whose logs can be read. Throws a Failure where a word means none. */
export async function findTasks(stack: string, words: readonly string[]): Promise<Readable[]> {
  const [services, tasks, nodes] = await Promise.all([
    readServices(stack),
    readTasks(stack, ENDED),
    readNodes(),
  ])
  const names = services.map(({ component, name }) => component || name)
  const wanted = new Set(namedComponents(words, [...new Set(names)]))
  return readable(
    services.filter(({ component, name }) => wanted.has(component || name)),
    tasks,
    nodes,
  )
}
