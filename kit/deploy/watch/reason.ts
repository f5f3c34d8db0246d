import type { Task } from '../../swarm/tasks.ts'
import type { Memory } from './memory.ts'

const PULL =
  /no such image|pull access denied|manifest|unauthorized|failed to resolve reference|repository .*not found/i

/** Whether a task ended by itself, or never began, though it was meant to run. */
export const isAway = ({ state }: Pick<Task, 'state'>): boolean =>
  state === 'failed' || state === 'rejected' || state === 'complete' || state === 'orphaned'

/** Why a task is not running, after its name: `ended with exit code 3`. */
export function reasonOf(task: Task, memory: Memory): string {
  const { state, error, message, exitCode } = task
  if (PULL.test(error)) return `has an image that cannot be pulled (${error})`
  if (state === 'rejected') return `was refused by its node (${error || message})`
  if (/unhealthy/i.test(error)) return `was never healthy${after(task, memory)} (${error})`
  if (state === 'orphaned') return 'was on a node that is gone'
  const code = exitCode === undefined ? '' : ` with exit code ${exitCode}`
  const why = error === '' || error === `task: non-zero exit (${exitCode})` ? '' : ` (${error})`
  const ran = memory.seen.get(task.id)?.ran
  // A check that fails makes Docker stop the container, and a container may end such a stop with exit code 0.
  return `ended${code}${ran === false ? ` without having been healthy${after(task, memory)}` : ''}${why}`
}

function after({ id }: Task, { seen }: Memory): string {
  const known = seen.get(id)
  const seconds = known ? Math.round((known.since - known.first) / 1000) : 0
  return seconds > 0 ? ` within ${seconds} s` : ''
}
