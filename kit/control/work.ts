import type { Interval } from '../analysis/window.ts'
import type { CheckResult } from '../canary/check.ts'
import type { CanaryEvent } from '../canary/event.ts'
import { canaryName } from '../canary/say.ts'
import type { Canary } from '../canary/state.ts'
import { readStates, underWay } from '../canary/store.ts'
import type { Context } from '../cli/context.ts'
import { isCheckJob } from '../deploy/canary-checks.ts'
import { type CanaryRecord, keepEarlier, keepRecord, readEarlier, readTarget } from '../deploy/canary-kept.ts'
import { removeServices } from '../deploy/commands.ts'
import { locked } from '../deploy/lock.ts'
import { pruneCanaries } from '../deploy/prune/prune-canaries.ts'
import { pruneObjects } from '../deploy/prune/prune-objects.ts'
import { rollOut } from '../deploy/roll-out.ts'
import { withRunning } from '../deploy/stack-parts.ts'
import { readState } from '../deploy/state.ts'
import { change } from '../docker.ts'
import { Failure } from '../failure.ts'
import { ifMissing } from '../swarm/ask.ts'
import { readServices, type SwarmService } from '../swarm/services.ts'
import type { Engine } from './engine-api.ts'
import type { Question } from './question.ts'
import { runCheck } from './run-check.ts'

/** What a control changes in the swarm, besides the state of a canary. */
export interface Work {
  /** Gives the component the canary's version; undefined where that has to be tried again. */
  promote(canary: Canary): Promise<CanaryEvent | undefined>
  /** Runs a check of its operator. Throws where the swarm does not do it. */
  check(canary: Canary, text: string, question: Question, signal: AbortSignal): Promise<CheckResult>
  /** Removes the services of canaries, and what is left of their checks; whether none is there. */
  removeCanaries(): Promise<boolean>
  keepRecord(id: string, record: CanaryRecord): Promise<void>
  /** What was seen of both versions before the canary had all visitors. */
  keepEarlier(id: string, intervals: readonly Interval[]): Promise<void>
  readEarlier(id: string): Promise<readonly Interval[]>
  /** Removes what an ended canary left, some seconds after its end; whether that is done. */
  tidy(ended: Date | undefined): Promise<boolean>
}

const SECONDS = 600
/** What was under way when the last visitors went back has ended. */
const DRAIN_MS = 20_000
/** While a deploy is under way, the rest of a canary is looked after so often. */
const AGAIN_MS = 10_000

/** The work on one app, by the docker command; the engine is asked what is asked often. */
export function workOn(stack: string, environment: string, engine: Engine, context: Context): Work {
  let heldAt = Number.NEGATIVE_INFINITY
  return {
    async removeCanaries() {
      const left = await leftOfCanaries(stack)
      await remove(left)
      return left.length === 0
    },
    check: (canary, text, question, signal) =>
      runCheck(text, question, { stack, canary, tasks: engine.tasks, signal }),
    keepRecord: (id, record) => keepRecord(stack, id, record),
    keepEarlier: (id, intervals) => keepEarlier(stack, id, intervals),
    readEarlier: (id) => readEarlier(stack, id),
    promote: (canary) => promote(stack, environment, canary, context),
    async tidy(ended) {
      const now = context.now().getTime()
      if (now - heldAt < AGAIN_MS || (ended && now - ended.getTime() < DRAIN_MS)) return false
      if (!(await removeEnded(stack))) return false
      const isDone = await prune(stack, context)
      if (!isDone) heldAt = now
      return isDone
    },
  }
}

const leftOfCanaries = async (stack: string): Promise<SwarmService[]> =>
  (await readServices(stack)).filter((service) => service.kind === 'canary' || isCheckJob(service))

async function remove(services: readonly SwarmService[]): Promise<void> {
  if (services.length > 0) await change(removeServices(services.map(({ name }) => name))).catch(ifMissing)
}

/** Needs no lock, which the start of the next canary holds while it waits for this; whether none was there. */
async function removeEnded(stack: string): Promise<boolean> {
  const left = await leftOfCanaries(stack)
  // Asked after them: the state of a canary is written before its service is made.
  if (underWay(await readStates(stack))) return false
  await remove(left)
  return left.length === 0
}

/** Whether it could be done: a deploy under way makes what it needs before anything uses it. */
async function prune(stack: string, context: Context): Promise<boolean> {
  const { now, terminal } = context
  const why = 'removing what a canary left'
  const locking = { stack, who: 'control', why, now, force: false, tell: terminal.complain, isBrief: true }
  try {
    await locked(locking, async (held) => {
      await pruneCanaries(stack, now())
      await held.check()
      await pruneObjects(stack)
    })
    return true
  } catch (error) {
    if (error instanceof Failure && error.kind === 'locked') return false
    throw error
  }
}

/** A rolling update to what the canary is, as any deploy: if it cannot come up, the app is brought back as it was. */
async function promote(
  stack: string,
  environment: string,
  canary: Canary,
  context: Context,
): Promise<CanaryEvent | undefined> {
  const { who } = canary
  const why = `${canaryName(canary)} promoted`
  // Nobody else deploys during a canary: a lock that is there was left by a control that died in the middle of this.
  const locking = { stack, who, why, now: context.now, force: true, tell: context.terminal.complain }
  try {
    await locked(locking, async (held) => {
      const state = await readState(stack)
      const wanted = withRunning(stack, await readTarget(stack, canary.id), state.services)
      const run = { context, environment, stack, who, why, seconds: SECONDS, held }
      await rollOut(run, state, { stack: wanted })
    })
    return { kind: 'promoted' }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    context.terminal.complain(`${[error.message, ...error.lines].join('\n')}\n`)
    return error.kind === 'locked' || error.kind === 'unreachable' ? undefined : { kind: 'never-ready' }
  }
}
