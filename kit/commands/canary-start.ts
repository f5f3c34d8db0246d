import { randomBytes } from 'node:crypto'
import { announce } from '../canary/announce.ts'
import { readCheck } from '../canary/check.ts'
import { readTarget, readTerms } from '../canary/options.ts'
import { encodeSides, sidesOf } from '../canary/sides.ts'
import { begin, type Canary } from '../canary/state.ts'
import { readStates, writeState } from '../canary/store.ts'
import { typedWhy } from '../canary/why.ts'
import type { Asked } from '../cli/asked.ts'
import type { Context } from '../cli/context.ts'
import { namedComponent } from '../cli/named-components.ts'
import type { Act } from '../cli/verb.ts'
import { readStack } from '../compile/read-stack.ts'
import type { Stack } from '../compile/types.ts'
import { hasWayOut } from '../deploy/canary-checks.ts'
import { keepTarget } from '../deploy/canary-kept.ts'
import { canaryTarget } from '../deploy/canary-target.ts'
import { createObject } from '../deploy/commands.ts'
import { currentRelease } from '../deploy/current-release.ts'
import { putStack } from '../deploy/put-stack.ts'
import { type AskedRun, lockedRun } from '../deploy/run.ts'
import { componentsOf } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'
import { change } from '../docker.ts'
import { isDryRun } from '../dry-run.ts'
import { Failure } from '../failure.ts'
import { untilEarlierGone } from './canary-earlier.ts'
import { followCanary } from './canary-follow.ts'

export const canaryStart: Act = async (asked, context) => {
  const given = readTarget(asked.words[0] ?? '')
  const terms = termsOf(asked)
  const why = asked.text('reason') ?? typedWhy(given.component, given.tag)
  const begun = await lockedRun(asked, context, why, (run) => start(run, given, terms))
  if (isDryRun() || asked.flag('detach')) return 0
  return followCanary(begun.stack, begun.number, context)
}

const termsOf = (asked: Asked) =>
  readTerms({
    steps: asked.text('steps'),
    hold: asked.text('hold'),
    maxErrors: asked.text('max-errors'),
    maxP95: asked.text('max-p95'),
    allow: asked.list('allow'),
    manual: asked.flag('manual'),
    check: asked.list('check'),
  })

async function start(
  run: AskedRun,
  { component: word, tag }: ReturnType<typeof readTarget>,
  terms: ReturnType<typeof readTerms>,
) {
  const { stack, context } = run
  await untilEarlierGone(stack, context)
  const state = await readState(stack)
  const { number: from, stack: released } = currentRelease(state)
  const component = namedComponent(word, componentsOf(readStack(released)))
  const target = await canaryTarget(run, state, component, tag)
  warnOfHooks(terms.checks, target.release, context)
  const canary = begin({
    ...terms,
    id: randomBytes(4).toString('hex'),
    component,
    image: target.image,
    from,
    who: run.who,
    why: run.why,
    begun: context.now().toISOString(),
    salt: randomBytes(24).toString('hex'),
  })
  const number = ((await readStates(stack)).at(-1)?.number ?? 0) + 1
  encodeSides(sidesOf({ ...canary, phase: { kind: 'holding', since: canary.begun } }, number))
  const there = new Set(state.configs.map((config) => config.name))
  for (const { name, labels, content } of target.configs)
    if (!there.has(name)) await change(createObject('config', name, labels, content))
  if (!isDryRun()) {
    await keepTarget(stack, canary.id, target.release)
    await begunFirst(stack, number, canary, run.who)
  }
  await putStack(stack, target.canary, { prune: false })
  tell(canary, context)
  return { stack, number }
}

/** Its own networks may lead to a hook, so it is not refused. */
function warnOfHooks(checks: readonly string[] = [], release: Stack, { terminal }: Context): void {
  if (hasWayOut(release) || !checks.some((text) => readCheck(text)?.kind === 'hook')) return
  terminal.complain('warning: the control has no way out of the app, and may not reach a hook of --check.\n')
}

async function begunFirst(stack: string, number: number, canary: Canary, who: string): Promise<void> {
  if (await writeState(stack, number, canary, who)) return
  throw new Failure(
    'locked',
    'Somebody else has begun a canary at the same moment.',
    'See `swarm canary status`.',
  )
}

function tell(canary: Canary, context: Context): void {
  context.terminal.say(`${announce(undefined, canary)}\n`)
  context.done?.({ changed: true, canary: canary.id })
}
