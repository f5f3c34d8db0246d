import { namedComponents } from '../cli/named-components.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import type { Strategy } from '../definition/model.ts'
import { type Tags, withImages, withTags } from '../deploy/change-images.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { resolveImages } from '../deploy/digests.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { asTheyRun } from '../deploy/same-image.ts'
import { componentsOf, withRunning } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'

export const STRATEGIES: readonly Strategy[] = ['one-by-one', 'all-at-once', 'hot-swap']

export const update: Act = (asked, context) => {
  const strategy = STRATEGIES.find((one) => one === asked.text('strategy'))
  if (asked.text('strategy') !== undefined && strategy === undefined)
    throw usage(`--strategy is one of ${STRATEGIES.join(', ')}.`)
  return lockedRun(asked, context, `update ${asked.words.join(' ')}`.trim(), async (run) => {
    const state = await readState(run.stack)
    const running = withRunning(run.stack, readStack(currentRelease(state).stack), state.services)
    const tags = tagsOf(asked.words, running)
    const wanted = withTags(running, tags, strategy)
    const images = Object.values(wanted.services).map(({ image }) => image)
    const digests = asTheyRun(
      await resolveImages(run.stack, images, context.terminal.complain),
      state.services,
    )
    if (await rollOut(run, state, { stack: withImages(wanted, digests) })) await pruneObjects(run.stack)
    return 0
  })
}

/** `webapp=2 worker`: which components, and the tag that each gets. */
function tagsOf(words: readonly string[], stack: Stack): Tags {
  const names = componentsOf(stack)
  if (words.length === 0) return new Map(names.map((name) => [name, undefined]))
  return new Map(
    words.flatMap((word) => {
      const [name = '', tag] = word.split('=')
      if (tag === '') throw usage(`"${word}" lacks the tag.`)
      return namedComponents([name], names).map((full) => [full, tag] as const)
    }),
  )
}
