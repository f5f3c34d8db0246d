import type { SwarmNode } from '../swarm/nodes.ts'
import type { SwarmService } from '../swarm/services.ts'
import { isOver, isWanted, type Task } from '../swarm/tasks.ts'

/** An instance that does not come up, and why. */
export interface InstanceFault {
  /** From 1; 0 in a service with one instance a node. */
  readonly instance: number
  readonly node: string
  readonly why: string
  readonly task: string
}

/** The instances that fail: each once, with the newest reason. */
export function faultsOf(
  service: SwarmService,
  tasks: readonly Task[],
  nodes: ReadonlyMap<string, SwarmNode>,
  now: Date,
): InstanceFault[] {
  if (service.mode.endsWith('-job')) return []
  const slots = Map.groupBy(tasks, ({ slot, node }) => (slot > 0 ? String(slot) : node))
  return [...slots.values()].flatMap((ofSlot) => {
    const failing = failingIn(ofSlot, service, now)
    if (failing === undefined) return []
    const { slot, node, id } = failing
    return [{ instance: slot, node: nodes.get(node)?.hostname ?? node, why: sayWhy(failing), task: id }]
  })
}

// One that fails again and again runs for a moment in between.
const PROVEN_SECONDS = 15

/** The task that says why an instance does not run; nothing where it does, or may yet. */
function failingIn(tasks: readonly Task[], service: SwarmService, now: Date): Task | undefined {
  const wanted = tasks.filter(isWanted)
  const runs = wanted.some(
    ({ state, since }) => state === 'running' && now.getTime() - Date.parse(since) > PROVEN_SECONDS * 1000,
  )
  if (wanted.length === 0 || runs) return undefined
  const stuck = wanted.find(({ error }) => error !== '')
  if (stuck) return stuck
  // What failed before the service was changed says nothing of what it is now.
  const [last] = tasks
    .filter((task) => isOver(task) && task.since > service.updatedAt)
    .sort((a, b) => b.since.localeCompare(a.since))
  return last && (last.state === 'failed' || last.state === 'rejected') ? last : undefined
}

/** Why a task does not run, in an operator's words. */
function sayWhy({ error, message, exitCode }: Task): string {
  if (/unhealthy/.test(error)) return 'its health check fails'
  if (exitCode !== undefined && exitCode > 0 && /non-zero exit/.test(error))
    return `it ended with exit code ${exitCode}`
  if (/No such image/.test(error))
    return `its image cannot be pulled: ${error.replace(/.*No such image: /, '')}`
  if (/no suitable node/.test(error))
    return `no node fits: ${error.replace(/^no suitable node \((.*)\)$/, '$1')}`
  return error || message
}
