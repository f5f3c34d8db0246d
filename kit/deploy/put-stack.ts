import { printStack } from '../compile/print.ts'
import type { Stack } from '../compile/types.ts'
import { CommandError, change } from '../docker.ts'
import { deployStack } from './commands.ts'
import { pause } from './watch/pause.ts'

// The first: the swarm noted something of the service between Docker's question and its answer. The others: it elects
// a leader, or a network of an app that was just deleted is not quite gone: https://github.com/moby/moby/issues/29293
const PASSING =
  /update out of sequence|does not have a leader|deadline exceeded|network \S+ not found|code = Unavailable|being removed/i
const ATTEMPTS = 20
const PAUSE_MS = 1500

/** Tells the swarm a stack; what passes by itself is tried again. The same stack told twice is told once. */
export async function putStack(name: string, stack: Stack, options: { prune: boolean }): Promise<void> {
  const command = deployStack(name, printStack(stack), options)
  for (let attempt = 1; ; attempt++) {
    try {
      return void (await change(command))
    } catch (error) {
      if (!isPassing(error) || attempt === ATTEMPTS) throw error
      await pause(PAUSE_MS)
    }
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof CommandError && PASSING.test(error.lines.join('\n'))
