import { namedComponents } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import { orElseBack } from '../deploy/bring-back.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { putStack } from '../deploy/put-stack.ts'
import { settle } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { componentsOf, keysOf, partOf, withRunning } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'

export const start: Act = (asked, context) =>
  lockedRun(asked, context, `start ${asked.words.join(' ')}`.trim(), async (run) => {
    const state = await readState(run.stack)
    const all = withRunning(run.stack, readStack(currentRelease(state).stack), state.services)
    const components = new Set(namedComponents(asked.words, componentsOf(all)))
    const wanted = asked.words.length === 0 ? all : partOf(all, new Set(keysOf(all, components)))
    await orElseBack(run, state, async () => {
      await putStack(run.stack, wanted, { prune: false })
      await settle(run, wanted, state)
    })
    return 0
  })
