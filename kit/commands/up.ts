import type { Act } from '../cli/verb.ts'
import { diff, sayChange } from '../compile/diff.ts'
import { readStack } from '../compile/read-stack.ts'
import { prepare } from '../deploy/prepare.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { readState } from '../deploy/state.ts'

export const up: Act = (asked, context) =>
  lockedRun(asked, context, asked.text('reason') ?? 'up', async (run) => {
    const state = await readState(run.stack)
    const wanted = await prepare(run, state)
    const [current] = state.releases
    const changes = current ? diff(readStack(current.stack), wanted.stack).map(sayChange) : []
    for (const change of changes) context.terminal.say(`${change}\n`)
    context.done?.({ changes })
    if (await rollOut(run, state, wanted)) await pruneObjects(run.stack)
    return 0
  })
