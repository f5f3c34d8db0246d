import { change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { isOver } from '../swarm/tasks.ts'
import { scaleServices, stopGlobal } from './commands.ts'
import type { Run } from './run.ts'
import type { State } from './state.ts'
import { pause } from './watch/pause.ts'
import { readSnapshot } from './watch/snapshot.ts'

const POLL_MS = 500

/** Ends all instances of services, and waits until they have; the services stay. */
export async function stopServices(
  { stack, seconds, context }: Run,
  { services }: State,
  names: ReadonlySet<string>,
): Promise<void> {
  const stopped = services.filter(({ name, mode }) => names.has(name) && mode !== 'replicated-job')
  const counted = stopped.filter(({ mode, replicas }) => mode === 'replicated' && replicas !== 0)
  if (counted.length > 0) await change(scaleServices(new Map(counted.map(({ name }) => [name, 0]))))
  for (const { name, mode } of stopped) if (mode === 'global') await change(stopGlobal(name))
  if (isDryRun()) return
  const ids = new Set(stopped.map(({ id }) => id))
  for (const end = performance.now() + seconds * 1000; ; await pause(POLL_MS)) {
    const { tasks, nodes } = await readSnapshot(stack)
    const ready = new Set(nodes.filter(({ state }) => state === 'ready').map(({ id }) => id))
    // What is on a node that is away ends when it comes back.
    const left = tasks.filter((task) => ids.has(task.service) && ready.has(task.node) && !isOver(task))
    if (left.length === 0) break
    if (performance.now() > end)
      throw new Failure(
        'timed out',
        `After ${seconds} s ${left.length} instances still end.`,
        'Look at `swarm status`.',
      )
  }
  context.terminal.say(`Stopped: ${stopped.map(({ name }) => name.slice(stack.length + 1)).join(', ')}.\n`)
}
