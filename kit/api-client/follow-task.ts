import type { Task, TaskLine } from '../api/tasks.ts'
import type { Context } from '../cli/context.ts'
import { pause } from '../deploy/watch/pause.ts'
import { Failure } from '../failure.ts'
import { Interrupted } from '../interruption.ts'
import type { Connection } from './connection.ts'
import { failureOf } from './problem-failure.ts'

/** A task as the API answers it. */
type Seen = Task & { readonly lines: readonly TaskLine[]; readonly next: number }

const FIRST_POLL_MS = 50
const POLL_MS = 1000
/** A control that moves to another node is away for some seconds. */
const SILENCES = 20

/**
 * Tells what a task tells, until it has ended: 0, or the Failure that it ended with. It goes on without anybody who
 * looks.
 */
export async function followTask(
  app: string,
  id: string,
  api: Connection,
  context: Context,
): Promise<number> {
  try {
    return await follow(app, id, api, context)
  } catch (error) {
    if (error instanceof Interrupted)
      context.terminal.complain(`Control goes on with task ${id}: "swarm status" tells how the app is.\n`)
    throw error
  }
}

async function follow(
  app: string,
  id: string,
  api: Connection,
  { terminal, done }: Context,
): Promise<number> {
  let silences = 0
  let patience = FIRST_POLL_MS
  for (let from = 0; ; await pause(patience)) {
    patience = Math.min(POLL_MS, 2 * patience)
    const task = await api.ask<Seen>('GET', `${app}/tasks/${id}?from=${from}`).catch((error: unknown) => {
      if (!isPassing(error) || ++silences > SILENCES) throw error
    })
    if (task === undefined) continue
    silences = 0
    for (const { to, text } of task.lines)
      if (to === 'output') terminal.say(`${text}\n`)
      else terminal.complain(`${text}\n`)
    from = task.next
    if (task.state === 'running') continue
    done?.(task.result)
    if (task.problem) throw failureOf(task.problem)
    return 0
  }
}

const isPassing = (error: unknown): boolean => error instanceof Failure && error.kind === 'unreachable'
