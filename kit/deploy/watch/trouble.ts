import type { SwarmService } from '../../swarm/services.ts'
import { isWanted } from '../../swarm/tasks.ts'
import type { Memory } from './memory.ts'
import { isAway, reasonOf } from './reason.ts'
import type { WatchedTask } from './snapshot.ts'

/** Why a service will not come to what was asked by waiting longer. */
export interface Trouble {
  readonly kind: 'rolled back' | 'stuck'
  /** Goes on after the name of what failed: `ended with exit code 3`. */
  readonly reason: string
  /** The task to look at. */
  readonly task?: WatchedTask
}

// A node that takes a task finds room, or an address, within a second; the rest is for a busy manager.
const NO_NODE_MS = 10_000
const NO_ADDRESS_MS = 15_000
/** An instance that ends so often will not be well the next time. */
const ENDINGS = 3

export function troubleOf(
  service: SwarmService,
  tasks: readonly WatchedTask[],
  memory: Memory,
  now: number,
): Trouble | undefined {
  const fresh = tasks.filter(({ id }) => !memory.before.has(id))
  return rolledBack(service, fresh, memory) ?? stuck(fresh, memory, now) ?? endsAgainAndAgain(fresh, memory)
}

function rolledBack(
  { update }: SwarmService,
  tasks: readonly WatchedTask[],
  memory: Memory,
): Trouble | undefined {
  if (update === undefined || update.state === 'updating' || update.state === 'completed') return undefined
  // Docker's sentence ends with the id of the task that was the reason.
  const task = tasks.find(({ id }) => update.message.includes(id)) ?? tasks.find(isAway)
  return {
    kind: 'rolled back',
    reason: task ? reasonOf(task, memory) : update.message,
    ...(task && { task }),
  }
}

function stuck(tasks: readonly WatchedTask[], memory: Memory, now: number): Trouble | undefined {
  const waits = (task: WatchedTask, state: string, ms: number) =>
    task.state === state && isWanted(task) && now - (memory.seen.get(task.id)?.since ?? now) >= ms
  const homeless = tasks.find((task) => waits(task, 'pending', NO_NODE_MS))
  if (homeless)
    return { kind: 'stuck', reason: `finds no node: ${homeless.error || homeless.message}`, task: homeless }
  const without = tasks.find((task) => waits(task, 'new', NO_ADDRESS_MS))
  if (without === undefined) return undefined
  const told = without.error === '' ? '' : ` (${without.error})`
  return {
    kind: 'stuck',
    reason: `gets no address: a network of it is out of addresses${told}`,
    task: without,
  }
}

function endsAgainAndAgain(tasks: readonly WatchedTask[], memory: Memory): Trouble | undefined {
  const ended = Map.groupBy(tasks.filter(isAway), ({ slot, node }) => (slot > 0 ? String(slot) : node))
  const often = [...ended.values()].find((same) => same.length >= ENDINGS)
  const [last] = [...(often ?? [])].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return last && { kind: 'stuck', reason: `${reasonOf(last, memory)}, ${often?.length} times`, task: last }
}
