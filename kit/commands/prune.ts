import type { Act } from '../cli/verb.ts'
import { hostLines } from '../deploy/prune/host-lines.ts'
import { pruneImages } from '../deploy/prune/prune-images.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { lockedRun } from '../deploy/run.ts'
import { isDryRun } from '../dry-run.ts'

export const prune: Act = (asked, context) =>
  lockedRun(asked, context, 'prune', async ({ stack }) => {
    const pruned = await pruneObjects(stack)
    const { secrets, configs, networks } = pruned
    const tell = (what: string, names: readonly string[]) =>
      context.terminal.say(`${what}: removed ${names.join(', ') || 'nothing'}\n`)
    if (!isDryRun()) {
      context.done?.({ removed: { ...pruned } })
      tell('secrets', secrets)
      tell('configs', configs)
      tell('networks', networks)
    }
    if (asked.flag('no-images')) return 0
    const answers = await pruneImages(stack)
    for (const line of answers.map(hostLines)) context.terminal.say(line)
    return answers.every(({ fault }) => fault === undefined) ? 0 : 1
  })
