import type { Pin } from '../compile/types.ts'
import { change } from '../docker.ts'
import { Failure } from '../failure.ts'
import type { SwarmNode } from '../swarm/nodes.ts'
import { takesWork } from '../swarm/on-every-node.ts'
import type { SwarmService } from '../swarm/services.ts'
import { isOver, type Task } from '../swarm/tasks.ts'
import { labelNode } from './commands.ts'

/** A label that a node gets. */
export interface Pinning {
  readonly node: SwarmNode
  readonly label: string
}

export interface PinningFacts {
  readonly nodes: readonly SwarmNode[]
  readonly services: readonly SwarmService[]
  readonly tasks: readonly Task[]
}

/** Which nodes get labels, so that every pin has as many as it wants. */
export function choosePins(pins: readonly Pin[], { nodes, services, tasks }: PinningFacts): Pinning[] {
  const chosen: Pinning[] = []
  const has = ({ id, labels }: SwarmNode, label: string) =>
    labels[label] !== undefined || chosen.some((one) => one.node.id === id && one.label === label)
  const matches = (node: SwarmNode, name: string, value: string) =>
    (node.labels[name] ?? (has(node, name) ? 'here' : undefined)) === value
  const pinned = (node: SwarmNode) =>
    Object.keys(node.labels).filter((label) => label.startsWith('dogfood.')).length +
    chosen.filter((one) => one.node.id === node.id).length
  for (const pin of pins) {
    const there = nodes.filter((node) => has(node, pin.label))
    const suitable = nodes.filter(
      (node) =>
        takesWork(node) &&
        !there.includes(node) &&
        pin.nodeLabels.every(({ name, value }) => matches(node, name, value)),
    )
    if (there.length + suitable.length === 0) throw noNode(pin)
    const runs = (node: SwarmNode) => runsOn(node, pin, services, tasks)
    const former = (node: SwarmNode) => pin.formerLabels.some((label) => has(node, label))
    const rank = (node: SwarmNode) => (former(node) ? -2000 : 0) + (runs(node) ? -1000 : 0) + pinned(node)
    const missing = Math.max(0, pin.nodes - there.length)
    // The volumes of a pin that is placed already are where they are: only one of several nodes may be added.
    const wanted = pin.nodes === 1 && there.length > 0 ? 0 : missing
    const best = [...suitable].sort((a, b) => rank(a) - rank(b)).slice(0, wanted)
    chosen.push(...best.map((node) => ({ node, label: pin.label })))
  }
  return chosen
}

function runsOn(
  { id }: SwarmNode,
  pin: Pin,
  services: readonly SwarmService[],
  tasks: readonly Task[],
): boolean {
  const own = new Set(
    services.filter(({ component }) => pin.components.includes(component)).map((service) => service.id),
  )
  return tasks.some((task) => task.node === id && own.has(task.service) && !isOver(task))
}

export async function placePins(pinnings: readonly Pinning[]): Promise<void> {
  for (const { node, label } of pinnings) await change(labelNode(node.id, label))
}

function noNode({ components, nodeLabels }: Pin): Failure {
  const wanted = nodeLabels.map(({ name, value }) => `${name}=${value}`).join(', ')
  return new Failure(
    'refused',
    `No node can take ${components.join(' and ')}${wanted === '' ? '' : `, which needs the label ${wanted}`}.`,
    wanted === ''
      ? 'Make a node take work: `docker node update --availability active NODE`.'
      : `Give a node that label: \`docker node update --label-add ${nodeLabels[0]?.name}=${nodeLabels[0]?.value} NODE\`.`,
  )
}
