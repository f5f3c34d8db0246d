import { namedComponents } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import { orElseBack } from '../deploy/bring-back.ts'
import { restartService } from '../deploy/commands.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { besidesOwn } from '../deploy/own-control.ts'
import { settle } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { componentsOf, keysOf, partOf, serviceName, withRunning } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'
import { isStopped } from '../deploy/stopped.ts'
import { change } from '../docker.ts'

/** Replaces all instances of components by equal ones, as their update strategy has it. What is stopped stays so. */
export const restart: Act = (asked, context) =>
  lockedRun(asked, context, `restart ${asked.words.join(' ')}`.trim(), async (run) => {
    const { stack } = run
    const state = await readState(stack)
    const all = withRunning(stack, readStack(currentRelease(state).stack), state.services, 'stays')
    const named = besidesOwn(namedComponents(asked.words, componentsOf(all)), all, context)
    const running = state.services.filter((one) => !one.mode.endsWith('-job') && !isStopped(one))
    const names = new Set(running.map(({ name }) => name))
    const keys = keysOf(all, new Set(named)).filter((key) => names.has(serviceName(stack, key)))
    await orElseBack(run, state, async () => {
      for (const key of keys) await change(restartService(serviceName(stack, key)))
      await settle(run, partOf(all, new Set(keys)), state)
    })
    context.terminal.say(`Restarted: ${keys.join(', ') || 'nothing'}.\n`)
    return 0
  })
