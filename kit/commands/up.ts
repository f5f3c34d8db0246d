import type { Act } from '../cli/verb.ts'
import { sayChange } from '../compile/diff.ts'
import { prepare } from '../deploy/prepare.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { runningDiff } from '../deploy/running-diff.ts'
import { readState } from '../deploy/state.ts'

export const up: Act = (asked, context) =>
  lockedRun(asked, context, asked.text('reason') ?? 'up', async (run) => {
    const state = await readState(run.stack)
    const wanted = await prepare(run, state)
    const changes =
      state.releases.length > 0 ? runningDiff(run.stack, wanted.stack, state).map(sayChange) : []
    for (const change of changes) context.terminal.say(`${change}\n`)
    context.done?.({ changes })
    if (await rollOut(run, state, wanted)) await pruneObjects(run.stack)
    return 0
  })
