import type { Asked } from '../cli/asked.ts'
import { namedComponents } from '../cli/named-components.ts'
import { usage } from '../cli/parse.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import { type Strategy, strategies } from '../definition/model.ts'
import { type Tags, updated, withDigests } from '../deploy/change-images.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { resolveImages } from '../deploy/digests.ts'
import { besidesOwn } from '../deploy/own-control.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { lockedRun } from '../deploy/run.ts'
import { asTheyRun } from '../deploy/same-image.ts'
import { componentsOf } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'

export const update: Act = (asked, context) => {
  const strategy = askedStrategy(asked)
  return lockedRun(asked, context, `update ${asked.words.join(' ')}`.trim(), async (run) => {
    const state = await readState(run.stack)
    const released = readStack(currentRelease(state).stack)
    const named = tagsOf(asked.words, released)
    const others = besidesOwn([...named.keys()], released, context)
    const tags = new Map(others.map((name) => [name, named.get(name)]))
    const { stack, kept } = updated(run.stack, released, state.services, { tags, strategy })
    const images = Object.values(kept.services).map(({ image }) => image)
    const digests = asTheyRun(
      await resolveImages(run.stack, images, context.terminal.complain),
      state.services,
    )
    const wanted = { stack: withDigests(stack, digests), kept: withDigests(kept, digests) }
    if (await rollOut(run, state, wanted)) await pruneObjects(run.stack)
    return 0
  })
}

function askedStrategy(asked: Asked): Strategy | undefined {
  const text = asked.text('strategy')
  const strategy = strategies.find((one) => one === text)
  if (text !== undefined && strategy === undefined)
    throw usage(`--strategy is one of ${strategies.join(', ')}.`)
  return strategy
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
