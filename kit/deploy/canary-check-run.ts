import { type CheckResult, printable } from '../canary/check.ts'
import type { Canary } from '../canary/state.ts'
import { printStack } from '../compile/print.ts'
import { docker } from '../docker.ts'
import { Failure } from '../failure.ts'
import { interruptible, ownSignal, regardless } from '../interruption.ts'
import { ifMissing } from '../swarm/ask.ts'
import { isOver, type Task } from '../swarm/tasks.ts'
import { checkJobOf } from './canary-checks.ts'
import { readTarget } from './canary-kept.ts'
import { deployStack, endOfTaskLog, removeServices } from './commands.ts'
import { serviceName } from './stack-parts.ts'
import { pause } from './watch/pause.ts'

/** With its start: the nodes have the image of the canary. */
const SECONDS = 60
const POLL_MS = 1000
/** Of its log, and characters of each. */
const [LINES, LENGTH] = [10, 300]
const LOG_SECONDS = 10

/** What a command is run with; `tasks` are those of a service, by its name. */
export interface CheckRun {
  readonly stack: string
  readonly canary: Canary
  readonly command: readonly string[]
  readonly tasks: (service: string) => Promise<readonly Task[]>
  readonly signal: AbortSignal
}

/** Runs a command once as what the canary is. Throws a Failure where it did not run to its end. */
export async function runCheckJob({ stack, canary, command, tasks, signal }: CheckRun): Promise<CheckResult> {
  const { job, part } = checkJobOf(stack, await readTarget(stack, canary.id), canary, command)
  const service = serviceName(stack, job)
  const late = AbortSignal.timeout(SECONDS * 1000)
  let task: Task | undefined
  try {
    return await interruptible(AbortSignal.any([signal, late]), async () => {
      // Told once: each time that it is told, a job runs. A control has no login of its own.
      await docker(deployStack(stack, printStack(part), { hasLogin: false }), { seconds: SECONDS })
      for (; !(task && isOver(task)); await pause(POLL_MS)) task = await newest(service, tasks, task)
      return { passed: exitCodeOf(task) === 0, evidence: await evidenceOf(task) }
    })
  } catch (error) {
    if (error !== late.reason) throw error
    return { passed: false, evidence: [sayLate(task), ...(await lastLines(task))] }
  } finally {
    await regardless(() => docker(removeServices([service])).catch(ifMissing))
  }
}

async function newest(
  service: string,
  tasks: CheckRun['tasks'],
  before: Task | undefined,
): Promise<Task | undefined> {
  ownSignal()?.throwIfAborted()
  const [task] = await tasks(service)
  if (task === undefined && before) throw new Failure('failed', 'Somebody removed its job.', '')
  return task
}

/** What the swarm ended, as on a node that is drained, or never started has an exit code, too: often 0. */
function exitCodeOf({ exitCode = 0, error, message, state }: Task): number {
  if (state === 'complete' || (state === 'failed' && exitCode !== 0)) return exitCode
  const what = state === 'failed' || state === 'rejected' ? 'could not run' : 'was ended before it was done'
  throw new Failure('failed', `It ${what}: ${printable(error || message || state)}.`, '')
}

const evidenceOf = async (task: Task): Promise<string[]> => [
  `it ends with ${task.exitCode ?? 0}`,
  ...(await lastLines(task)),
]

const sayLate = (task: Task | undefined): string =>
  task?.state === 'running'
    ? `it takes longer than ${SECONDS} s`
    : `it does not run after ${SECONDS} s: ${printable(task?.error || task?.message || 'no node has it')}`

/** None where the log cannot be had: how the command ended is known without it. */
async function lastLines(task: Task | undefined): Promise<string[]> {
  if (task === undefined) return []
  const lines: string[] = []
  const onLine = (line: string) => void lines.push(printable(line).slice(0, LENGTH))
  await regardless(() => docker(endOfTaskLog(task.id, LINES), { seconds: LOG_SECONDS, onLine })).catch(
    () => undefined,
  )
  return lines.filter((line) => line !== '').slice(-LINES)
}
