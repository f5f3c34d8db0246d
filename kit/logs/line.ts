import type { SwarmNode } from '../swarm/nodes.ts'
import type { SwarmService } from '../swarm/services.ts'
import { shownName } from '../swarm/shown-name.ts'
import type { Task } from '../swarm/tasks.ts'

/** Where a line comes from. */
export interface Source {
  /** As `shownName` has it: `site/webapp (canary)`. */
  readonly component: string
  /** From 1; 0 in a service with one instance a node. */
  readonly instance: number
  readonly node: string
  readonly task: string
}

export interface LogLine extends Source {
  /** As the node's clock has it, to the nanosecond. */
  readonly time: string
  readonly stream: 'output' | 'errors'
  readonly text: string
}

/** A task whose log can be read, and where it runs. */
export interface Readable {
  readonly source: Source
  readonly task: Task
  /** Whether its node answers. */
  readonly reachable: boolean
}

/** The tasks that wrote anything. */
export function readable(
  services: readonly SwarmService[],
  tasks: readonly Task[],
  nodes: readonly SwarmNode[],
): Readable[] {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const serviceOf = new Map(services.map((service) => [service.id, service]))
  return tasks.flatMap((task) => {
    const service = serviceOf.get(task.service)
    const node = nodeOf.get(task.node)
    if (service === undefined || task.container === '') return []
    const source = {
      component: shownName(service) || service.name,
      instance: task.slot,
      node: node?.hostname ?? task.node,
      task: task.id,
    }
    return [{ source, task, reachable: node?.state === 'ready' }]
  })
}

const STAMPED = /^(\d{4}-\d\d-\d\dT[\d:]+(?:\.\d+)?Z) ?(.*)$/s

/** A line as `docker service logs --raw --timestamps` prints it; nothing for what docker itself says. */
export function parseLine(text: string, stream: LogLine['stream'], source: Source): LogLine | undefined {
  const [, time, rest] = STAMPED.exec(text) ?? []
  return time === undefined ? undefined : { ...source, time: fullTime(time), stream, text: rest ?? '' }
}

/** Docker leaves out noughts at the end, and texts of one length are in the order of time. */
const fullTime = (time: string): string => {
  const [seconds = '', fraction = ''] = time.slice(0, -1).split('.')
  return `${seconds}.${fraction.padEnd(9, '0')}Z`
}

/** What a line takes as JSON, which is about what it takes in memory. */
export const sizeOf = (line: LogLine): number => Buffer.byteLength(JSON.stringify(line))

export const inOrderOfTime = <T extends { readonly time: string }>(lines: readonly T[]): T[] =>
  lines.toSorted((a, b) => Number(a.time > b.time) - Number(a.time < b.time))

/** `site/webapp.1`; of a service with one instance a node only its name. */
export const nameOf = ({ component, instance }: Source): string =>
  instance > 0 ? `${component}.${instance}` : component

/** `2026-11-21T18:32:47.263Z site/webapp.1 node2 | listening`. */
export const sayLine = (line: LogLine): string =>
  `${line.time.slice(0, 23)}Z ${nameOf(line)} ${line.node} | ${line.text}\n`
