import { namedComponents } from '../cli/named-components.ts'
import { readNodes } from '../swarm/nodes.ts'
import { readServices } from '../swarm/services.ts'
import { isOver, readTasks } from '../swarm/tasks.ts'

/** An instance of a component, or of the balancer in front of it. */
export interface Instance {
  readonly component: string
  readonly kind: string
  /** From 1; 0 of a component with one on each machine. */
  readonly instance: number
  /** Its host name; empty while there is none. */
  readonly node: string
  /** As Swarm calls it, and what it wants: `shutdown` of one that is to end. */
  readonly state: string
  readonly wanted: string
  /** ISO 8601. */
  readonly since: string
  readonly image: string
  readonly task: string
}

/** The instances of components, or of all, that are not over. */
export async function readInstances(stack: string, words: readonly string[]): Promise<Instance[]> {
  const [services, tasks, nodes] = await Promise.all([readServices(stack), readTasks(stack), readNodes()])
  const fullName = ({ component, name }: (typeof services)[number]) => component || name
  const names = new Set(namedComponents(words, [...new Set(services.map(fullName))]))
  const hostOf = new Map(nodes.map(({ id, hostname }) => [id, hostname]))
  return services
    .filter((service) => names.has(fullName(service)))
    .flatMap((service) =>
      tasks
        .filter((task) => task.service === service.id && !isOver(task))
        .map(({ slot, node, state, wanted, since, image, id }) => ({
          component: fullName(service),
          kind: service.kind,
          instance: slot,
          node: hostOf.get(node) ?? node,
          ...{ state, wanted, since, image, task: id },
        })),
    )
    .sort((a, b) => a.component.localeCompare(b.component) || a.instance - b.instance)
}
