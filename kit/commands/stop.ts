import { confirm } from '../cli/confirm.ts'
import { namedComponents } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { lockedRun } from '../deploy/run.ts'
import { componentsOf, keysOf, serviceName } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'
import { stopServices } from '../deploy/stop-services.ts'

export const stop: Act = (asked, context) =>
  lockedRun(asked, context, `stop ${asked.words.join(' ')}`.trim(), async (run) => {
    const state = await readState(run.stack)
    const stack = readStack(currentRelease(state).stack)
    const components = namedComponents(asked.words, componentsOf(stack))
    if (asked.words.length === 0)
      await confirm(`All of ${run.stack} will be stopped; visitors find nothing.`, asked, context)
    const names = new Set(
      (asked.words.length === 0 ? Object.keys(stack.services) : keysOf(stack, new Set(components))).map(
        (key) => serviceName(run.stack, key),
      ),
    )
    await stopServices(run, state, names)
    return 0
  })
