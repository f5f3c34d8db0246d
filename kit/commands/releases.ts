import { saySummary } from '../canary/summary.ts'
import type { Asked } from '../cli/asked.ts'
import { askedStack } from '../cli/asked-stack.ts'
import type { Context } from '../cli/context.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act } from '../cli/verb.ts'
import { canariesIn, type RecordedCanary } from '../deploy/canary-history.ts'
import type { Release } from '../deploy/release.ts'
import { releasesIn } from '../deploy/releases.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObjects } from '../swarm/objects.ts'

export const releases: Act = async (asked, context) => {
  const { stack } = askedStack(asked, context)
  const configs = await readObjects('config', `${LABELS.app}=${stack}`)
  const canaries = canariesIn(stack, configs)
  const listed = releasesIn(configs).map(({ id: _, ...release }) => {
    const own = canaries.filter(({ from }) => from === release.number)
    return { ...release, ...(own.length > 0 && { canaries: own }) }
  })
  return showReleases(listed, asked, context)
}

/** What the list shows of a release, and of the canaries that began beside it, newest first. */
export interface ListedRelease extends Pick<Release, 'number' | 'when' | 'who' | 'reason' | 'revision'> {
  readonly canaries?: readonly RecordedCanary[]
}

/** Lists releases, newest first. */
export function showReleases(kept: readonly ListedRelease[], asked: Asked, context: Context): number {
  if (asked.flag('json')) {
    printJson(
      kept.map((release, index) => ({ ...release, current: index === 0 })),
      context,
    )
    return 0
  }
  if (kept.length === 0) context.terminal.say('There is no release yet: `swarm up` makes the first.\n')
  else context.terminal.say(columns([HEADS, ...kept.flatMap(rows)]))
  return 0
}

const HEADS = [' ', 'RELEASE', 'WHEN', 'WHO', 'REVISION', 'WHY']

/** Canaries beside a release are newer than it. */
const rows = (release: ListedRelease, index: number): string[][] => {
  const { number, when, who, reason, revision = '', canaries = [] } = release
  return [
    ...canaries.map((canary) => [' ', 'canary', canary.begun, canary.who, '', saySummary(canary)]),
    [index === 0 ? '*' : ' ', String(number), when, who, revision, reason],
  ]
}
