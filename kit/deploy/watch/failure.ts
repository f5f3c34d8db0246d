import { docker } from '../../docker.ts'
import { Failure } from '../../failure.ts'
import { endOfTaskLog } from '../commands.ts'
import { labelOf } from './board.ts'
import type { Standing } from './look.ts'
import type { Snapshot, WatchedTask } from './snapshot.ts'

const LOG_LINES = 20
const LOG_SECONDS = 10

const MEND_AND_DEPLOY = 'Mend that, then deploy again.'

/** What an operator has to read of a service that will not do, with the last lines of its task's log. */
export async function failureOf(standing: Standing, snapshot: Snapshot): Promise<Failure> {
  const { trouble } = standing
  const lines = trouble?.task ? await endOfLog(trouble.task) : []
  const how = trouble?.kind === 'rolled back' ? 'was rolled back by the swarm' : 'is stuck'
  const who = trouble?.task ? `${nameOf(trouble.task, standing, snapshot)} ` : 'it '
  return new Failure(
    trouble?.kind ?? 'failed',
    `${labelOf(standing)} ${how}: ${who}${trouble?.reason}.${lines.length > 0 ? ' Its last log lines:' : ''}`,
    MEND_AND_DEPLOY,
    lines,
  )
}

/** The same of services that take too long. */
export async function lateFailure(
  late: readonly Standing[],
  seconds: number,
  snapshot: Snapshot,
): Promise<Failure> {
  const standing = late.find(({ rising }) => rising.length > 0) ?? late[0]
  const [task] = standing?.rising ?? []
  const lines = task && task.container !== '' ? await endOfLog(task) : []
  const names = late.map(labelOf).join(', ')
  const told =
    task && standing
      ? ` ${nameOf(task, standing, snapshot)} is ${task.state}${task.error ? ` (${task.error})` : ''}.`
      : ''
  return new Failure(
    'timed out',
    `After ${seconds} s this was not done: ${names}.${told}${lines.length > 0 ? ' Its last log lines:' : ''}`,
    'Mend that, or give it more time with --timeout SECONDS.',
    lines,
  )
}

function nameOf(task: WatchedTask, { name }: Standing, { nodes }: Snapshot): string {
  const node = nodes.find(({ id }) => id === task.node)?.hostname
  const slot = task.slot > 0 ? `.${task.slot}` : ''
  return `task ${name}${slot} (${task.id.slice(0, 12)})${node ? ` on ${node}` : ''}`
}

async function endOfLog(task: WatchedTask): Promise<string[]> {
  const lines: string[] = []
  // Docker writes both streams of the task; what it writes itself of a task without a log is no line of it.
  const keep = (line: string) => void lines.push(line)
  if (task.container === '') return []
  await docker(endOfTaskLog(task.id, LOG_LINES), { onLine: keep, seconds: LOG_SECONDS }).catch(
    () => undefined,
  )
  return lines.slice(-LOG_LINES)
}
