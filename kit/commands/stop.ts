import { confirm } from '../cli/confirm.ts'
import { namedComponents } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { besidesOwn, ownControl } from '../deploy/own-control.ts'
import { lockedRun } from '../deploy/run.ts'
import { componentsOf, keysOf, serviceName } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'
import { stopServices } from '../deploy/stop-services.ts'
import { LABELS } from '../swarm/labels.ts'

export const stop: Act = (asked, context) =>
  lockedRun(asked, context, `stop ${asked.words.join(' ')}`.trim(), async (run) => {
    const state = await readState(run.stack)
    const stack = readStack(currentRelease(state).stack)
    const components = new Set(besidesOwn(namedComponents(asked.words, componentsOf(stack)), stack, context))
    if (asked.words.length === 0)
      await confirm(`All of ${run.stack} will be stopped; visitors find nothing.`, asked, context)
    const own = ownControl(stack, context)
    const all = Object.entries(stack.services).filter(
      ([, { deploy }]) => own === undefined || deploy.labels[LABELS.component] !== own,
    )
    const keys = asked.words.length === 0 ? all.map(([key]) => key) : keysOf(stack, components)
    const names = new Set(keys.map((key) => serviceName(run.stack, key)))
    await stopServices(run, state, names)
    return 0
  })
