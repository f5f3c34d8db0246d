import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { withOwnOf } from '../deploy/own-control.ts'
import { needFiles, releaseToReturnTo } from '../deploy/return-to.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { withRunning } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'

export const rollback: Act = (asked, context) => {
  const [word] = asked.words
  const number = word === undefined ? undefined : Number(word)
  if (number !== undefined && !Number.isInteger(number))
    throw usage(`"${word}" is no number of a release; \`swarm releases\` lists them.`)
  return lockedRun(asked, context, `rollback${word ? ` to ${word}` : ''}`, async (run) => {
    const state = await readState(run.stack)
    const release = releaseToReturnTo(state.releases, number)
    await needFiles(run.stack, release, state)
    // As it was kept, with its digests: no registry is asked.
    const withInstances = (text: string) => withRunning(run.stack, readStack(text), state.services)
    const stack = withOwnOf(withInstances(currentRelease(state).stack), withInstances(release.stack), context)
    context.terminal.say(`Returning to release ${release.number} of ${release.when} (${release.reason}).\n`)
    await rollOut({ ...run, why: `rollback to ${release.number}` }, state, { stack })
    return 0
  })
}
