import { randomBytes } from 'node:crypto'
import { printStack } from '../compile/print.ts'
import type { Stack, StackService } from '../compile/types.ts'
import { change, docker } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { ownSignal } from '../interruption.ts'
import { LABELS } from '../swarm/labels.ts'
import { isOver, type Task } from '../swarm/tasks.ts'
import type { Terminal } from '../terminal.ts'
import { deployStack } from './commands.ts'
import { followJobLog } from './job-log.ts'
import { removedAfter } from './job-removal.ts'
import { partOf, serviceName } from './stack-parts.ts'
import { type Memory, remember, startMemory } from './watch/memory.ts'
import { pause } from './watch/pause.ts'
import { readPatiently, readSnapshot } from './watch/snapshot.ts'
import { troubleOf } from './watch/trouble.ts'

const POLL_MS = 300

export interface Once {
  /** Name of the stack. */
  readonly name: string
  readonly stack: Stack
  /** Key of the service. */
  readonly key: string
  /** Instead of the component's arguments. */
  readonly command: readonly string[]
  /** How long it may take until it runs. */
  readonly seconds: number
  readonly terminal: Terminal
}

/** Runs a component once, beside whatever runs of it, and shows what it writes; its exit code. */
export async function runOnce({ name, stack, key, command, seconds, terminal }: Once): Promise<number> {
  const { job, part } = jobOf(stack, key, command)
  const service = serviceName(name, job)
  const memory = startMemory(await readSnapshot(name), performance.now())
  // Never told again: each time that it is told, a job runs.
  const deploy = deployStack(name, printStack(part))
  if (isDryRun()) return change(deploy).then(() => 0)
  return removedAfter(service, terminal, async () => {
    await docker(deploy)
    const begun = await untilBegun(name, service, memory, seconds)
    const log = followJobLog(service, terminal)
    try {
      const ended = await untilOver(name, begun)
      await log.rest()
      return exitCodeOf(ended)
    } finally {
      log.stop()
    }
  })
}

// Swarm takes 63 characters as the name of a service; a stack has 30 of them at most, and what follows 14.
const KEY_MOST = 19

/** The service as a job of its own, that nobody takes for the component. */
export function jobOf(stack: Stack, key: string, command: readonly string[]): { job: string; part: Stack } {
  const service = stack.services[key]
  if (service === undefined) throw new Error(`the stack has no service ${key}`)
  const job = `${key.slice(0, KEY_MOST)}-run-${randomBytes(4).toString('hex')}`
  const { ports: _, healthcheck: __, networks = {}, deploy, ...rest } = service
  const once: StackService = {
    ...rest,
    ...(command.length > 0 && { command }),
    // Without the aliases, under which others ask for the component.
    networks: Object.fromEntries(Object.keys(networks).map((network) => [network, {}])),
    healthcheck: { disable: true },
    deploy: {
      mode: 'replicated-job',
      replicas: 1,
      endpoint_mode: 'dnsrr',
      labels: { ...deploy.labels, [LABELS.kind]: 'run' },
      restart_policy: { condition: 'none' },
      ...(deploy.placement && { placement: { constraints: deploy.placement.constraints ?? [] } }),
      ...(deploy.resources && { resources: deploy.resources }),
    },
  }
  const part = partOf({ ...stack, services: { [job]: once } }, new Set([job]))
  return { job, part }
}

async function taskOf(name: string, service: string, memory: Memory) {
  const snapshot = await readPatiently(name)
  const found = snapshot.services.find((one) => one.name === service)
  const tasks = snapshot.tasks.filter((task) => task.service === found?.id)
  const next = remember(memory, snapshot, performance.now())
  const trouble = found && troubleOf(found, tasks, next, performance.now())
  return { task: tasks[0], memory: next, trouble }
}

async function untilBegun(name: string, service: string, memory: Memory, seconds: number): Promise<Task> {
  let known = memory
  for (const end = performance.now() + seconds * 1000; ; await pause(POLL_MS)) {
    const { task, memory: next, trouble } = await taskOf(name, service, known)
    known = next
    if (task && (task.state === 'running' || isOver(task))) return task
    if (trouble) throw new Failure('stuck', `It ${trouble.reason}.`, 'Mend that, then run it again.')
    if (performance.now() > end)
      throw new Failure(
        'timed out',
        `After ${seconds} s it does not run yet.`,
        'Give it more with --timeout.',
      )
  }
}

async function untilOver(name: string, { id }: Task): Promise<Task> {
  for (; ; await pause(POLL_MS)) {
    ownSignal()?.throwIfAborted()
    const task = (await readPatiently(name)).tasks.find((one) => one.id === id)
    if (task === undefined)
      throw new Failure('failed', 'Somebody removed the job while it ran.', 'Run it again.')
    if (isOver(task)) return task
  }
}

/** What the swarm ended, as on a node that is drained, or never started has an exit code, too: often 0. */
function exitCodeOf({ exitCode = 0, error, message, state }: Task): number {
  if (state === 'complete' || (state === 'failed' && exitCode !== 0)) return exitCode
  const why = error || message || state
  if (state === 'failed' || state === 'rejected')
    throw new Failure('failed', `It could not run: ${why}.`, 'Mend that, then run it again.')
  throw new Failure('failed', `It was ended before it was done: ${why}.`, 'Run it again.')
}
