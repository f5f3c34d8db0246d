import { advance } from '../canary/advance.ts'
import { announce } from '../canary/announce.ts'
import type { Wish } from '../canary/event.ts'
import { readShare } from '../canary/options.ts'
import { type KeptState, readStates, underWay, writeState } from '../canary/store.ts'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import { confirm } from '../cli/confirm.ts'
import type { Context } from '../cli/context.ts'
import type { Act } from '../cli/verb.ts'
import { authorOf } from '../deploy/author.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { followCanary } from './canary-follow.ts'

/** Others change the state of a canary, too: the control does as it goes on. */
const ATTEMPTS = 5

export const canaryPause = wishing(() => ({ kind: 'pause' }))
export const canaryResume = wishing(() => ({ kind: 'resume' }))
export const canarySet = wishing(({ words }) => ({ kind: 'set', percent: readShare(words[0] ?? '') }))
export const canaryPromote = wishing(() => ({ kind: 'promote' }), { ends: true })
export const canaryAbort = wishing(
  (asked, context) => ({ kind: 'abort', reason: asked.text('reason') ?? `${authorOf(context)} wanted it` }),
  { ends: true },
)

/** A verb that wants something of the canary under way. It needs no lock: of two wishes one is the first. */
function wishing(wishOf: (asked: Asked, context: Context) => Wish, { ends = false } = {}): Act {
  return async (asked, context) => {
    const { stack } = askedStack(asked, context)
    const wish = wishOf(asked, context)
    if (ends)
      await confirm(
        `The canary of ${stack} will be ${wish.kind === 'promote' ? 'promoted' : 'aborted'}.`,
        asked,
        context,
      )
    const number = await granted(stack, wish, context)
    if (!ends || isDryRun() || asked.flag('detach')) return 0
    return followCanary(stack, number, context)
  }
}

/** Writes what becomes of the canary; the number of that state. */
async function granted(stack: string, wish: Wish, context: Context): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { number, canary } = needed(underWay(await readStates(stack)), stack)
    const outcome = advance(canary, wish, context.now())
    if (outcome.kind === 'refused') throw outcome.failure
    if (outcome.kind === 'unchanged') return number
    if (await writeState(stack, number + 1, outcome.canary, authorOf(context))) {
      context.terminal.say(`${announce(canary, outcome.canary)}\n`)
      return number + 1
    }
  }
  throw new Failure('locked', 'The canary changes too fast.', 'Look at `swarm canary status`, and try again.')
}

function needed(kept: KeptState | undefined, stack: string): KeptState {
  if (kept) return kept
  throw new Failure(
    'not found',
    `No canary of ${stack} is under way.`,
    'Begin one with `swarm canary start COMPONENT=TAG`.',
  )
}
