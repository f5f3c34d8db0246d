import { readStack } from '../compile/read-stack.ts'
import type { CompiledConfig, Stack } from '../compile/types.ts'
import { change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { orElseBack } from './bring-back.ts'
import { createObject } from './commands.ts'
import { phasesOf } from './phases.ts'
import { type Pinning, placePins } from './pins.ts'
import { putStack } from './put-stack.ts'
import { recordRelease } from './record.ts'
import type { Run } from './run.ts'
import { awaitedOf } from './stack-parts.ts'
import type { State } from './state.ts'
import { changedKeys, isRunning } from './unchanged.ts'
import { startMemory } from './watch/memory.ts'
import type { Snapshot } from './watch/snapshot.ts'
import { untilSettled } from './watch/wait.ts'

/** What a deploy puts into the swarm. */
export interface Wanted {
  readonly stack: Stack
  /** What the release keeps of it, where that is another: how it gets there, and what is stopped, is of the moment. */
  readonly kept?: Stack
  /** Those that are not there yet are created. */
  readonly configs?: readonly CompiledConfig[]
  readonly pins?: readonly Pinning[]
}

/** Makes the swarm run the stack, or leaves it as it was. Answers whether anything had to be done. */
export async function rollOut(run: Run, state: State, wanted: Wanted): Promise<boolean> {
  const { stack: name, context } = run
  const { stack, kept = stack, configs = [], pins = [] } = wanted
  const current = state.releases[0]
  if (isRunning(name, wanted, current, state.services) && pins.length === 0) {
    await settle(run, stack, state, state)
    context.terminal.say(`Nothing to do: release ${current?.number} runs, and it is what is wanted.\n`)
    context.done?.({ changed: false, ...(current && { release: current.number }) })
    return false
  }
  const there = new Set(state.configs.map((config) => config.name))
  for (const { name: config, labels, content } of configs)
    if (!there.has(config)) await change(createObject('config', config, labels, content))
  await placePins(pins)
  const changed = changedKeys(name, kept, current, state.services)
  const settled = await orElseBack(run, state, async () => {
    let last: Snapshot = state
    for (const phase of phasesOf(stack, changed, current && readStack(current.stack))) {
      await run.held.check()
      await putStack(name, phase.stack, phase)
      last = await settle(run, phase.stack, last)
    }
    return last
  })
  const number = await recordRelease(run, state, kept, settled.services)
  if (isDryRun()) return true
  context.terminal.say(`Release ${number} runs.\n`)
  context.done?.({ changed: true, release: number })
  return true
}

/** Waits until a part of the stack is as it was asked for. */
export async function settle(run: Run, part: Stack, before: Snapshot, first?: Snapshot): Promise<Snapshot> {
  if (isDryRun()) return before
  const { stack, seconds, context } = run
  const memory = startMemory(before, performance.now())
  return untilSettled({
    stack,
    awaited: awaitedOf(stack, part),
    memory,
    seconds,
    terminal: context.terminal,
    ...(first && { first }),
  })
}
