import { printStack } from '../compile/print.ts'
import type { Stack } from '../compile/types.ts'
import { CommandError, change } from '../docker.ts'
import { environment } from '../environment.ts'
import { ifMissing } from '../swarm/ask.ts'
import { readServices } from '../swarm/services.ts'
import { deployStack, removeServices } from './commands.ts'
import { serviceName } from './stack-parts.ts'
import { pause } from './watch/pause.ts'

// The first: the swarm noted something of the service between Docker's question and its answer. The others: it elects
// a leader, or a network of an app that was just deleted is not quite gone: https://github.com/moby/moby/issues/29293
const PASSING =
  /update out of sequence|does not have a leader|deadline exceeded|network \S+ not found|code = Unavailable|being removed/i
const ATTEMPTS = 20
const PAUSE_MS = 1500

/**
 * Tells the swarm a stack; what passes by itself is tried again. The same stack told twice is told once. With `prune`
 * what the stack does not have is removed.
 */
export async function putStack(name: string, stack: Stack, { prune }: { prune: boolean }): Promise<void> {
  // A control has no login of its own.
  const hasLogin = environment().CONTROL_STACK === undefined
  const command = deployStack(name, printStack(stack), { hasLogin })
  for (let attempt = 1; ; attempt++) {
    try {
      if (prune) await removeOthers(name, stack)
      return void (await change(command))
    } catch (error) {
      if (!isPassing(error) || attempt === ATTEMPTS) throw error
      await pause(PAUSE_MS)
    }
  }
}

/** Docker's own --prune would remove the jobs of `swarm run`, too, while they run, and a canary that still has visitors. */
async function removeOthers(name: string, { services }: Stack): Promise<void> {
  const wanted = new Set(Object.keys(services).map((key) => serviceName(name, key)))
  const there = await readServices(name)
  const others = there.filter(
    (service) => !wanted.has(service.name) && service.kind !== 'run' && service.kind !== 'canary',
  )
  if (others.length > 0) await change(removeServices(others.map((service) => service.name))).catch(ifMissing)
}

const isPassing = (error: unknown): boolean =>
  error instanceof CommandError && PASSING.test(error.lines.join('\n'))
