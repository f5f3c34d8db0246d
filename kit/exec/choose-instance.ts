import { Failure } from '../failure.ts'
import type { SwarmService } from '../swarm/services.ts'
import type { Task } from '../swarm/tasks.ts'

/** The instance that was asked for, or the first one that runs. */
export function chooseInstance(
  service: SwarmService,
  tasks: readonly Task[],
  number: string | undefined,
): Task {
  const running = tasks
    .filter((task) => task.service === service.id && task.state === 'running' && task.wanted === 'running')
    .sort((a, b) => a.slot - b.slot || a.id.localeCompare(b.id))
  const chosen =
    number === undefined
      ? running[0]
      : running.find((task, index) => String(task.slot || index + 1) === number)
  if (chosen) return chosen
  const numbers = running.map((task, index) => task.slot || index + 1)
  throw new Failure(
    'not found',
    number === undefined
      ? `No instance of ${service.component} runs.`
      : `No instance ${number} of ${service.component} runs.`,
    numbers.length === 0 ? '`swarm status` says why.' : `These run: ${numbers.join(', ')}.`,
  )
}
