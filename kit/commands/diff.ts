import { askedApp } from '../cli/asked-app.ts'
import { printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { restarted, sayChange } from '../compile/diff.ts'
import { stackName } from '../compile/names.ts'
import { runningDiff } from '../deploy/running-diff.ts'
import { newestOf, readSecrets } from '../deploy/secrets/kept-secrets.ts'
import { readState } from '../deploy/state.ts'
import { wantedStack } from '../deploy/wanted-stack.ts'

export const diffVerb: Act = async (asked, context) => {
  const app = askedApp(asked, context)
  const stack = stackName(app.app.name, app.environment)
  const [state, secrets] = await Promise.all([readState(stack), readSecrets(stack)])
  const there = { state, secrets: newestOf(secrets) }
  const wanted = await wantedStack(stack, app, context, there, { offline: asked.flag('offline') })
  const [current] = state.releases
  const changes = runningDiff(stack, wanted, state)
  const restarts = restarted(changes)
  if (asked.flag('json')) printJson({ from: current?.number ?? null, changes, restarts }, context)
  else if (changes.length === 0)
    context.terminal.say(`Nothing would change: release ${current?.number} is it.\n`)
  else {
    for (const change of changes) context.terminal.say(`${sayChange(change)}\n`)
    context.terminal.say(`\nRestarted: ${restarts.join(', ') || 'nothing'}.\n`)
  }
  return 0
}
