import { SiteError } from '../errors.ts'
import { OutsideError } from '../outside/outside-error.ts'
import { CircuitOpen, longestAskedPause } from './circuit.ts'
import type { Attempt, Step } from './task-queue.ts'

/** Thrown by a delivery that another one of the same invite is in the way of. */
export class HeldByAnother extends Error {
  override readonly name = 'HeldByAnother'
}

const firstBackoff = 1000
const longestBackoff = 3_600_000
const patienceMilliseconds = 3 * 24 * 3600 * 1000
const shortestPause = 1000
const putOff = { shortest: 200, longest: 600 }

export interface Chance {
  /** ms since 1970 */
  readonly now: number
  /** From 0 to 1. */
  readonly random: number
}

/** Thrown by a delivery that no other attempt can heal; the message says what an operator can do. */
export class NeedsOperator extends Error {
  override readonly name = 'NeedsOperator'
}

/** Thrown by a delivery that is to look again after so long (ms). */
export class NotYet extends Error {
  override readonly name = 'NotYet'
  readonly milliseconds: number
  constructor(milliseconds: number) {
    super('to be looked at again')
    this.milliseconds = milliseconds
  }
}

/** What becomes of a task whose attempt threw: it is tried for three days, then given up. */
export function nextStep(
  error: unknown,
  { attempt, triedSince }: Pick<Attempt, 'attempt' | 'triedSince'>,
  chance: Chance,
): Step {
  if (error instanceof NeedsOperator) return giveUp(error.message)
  if (error instanceof OutsideError && error.fault === 'refused') return giveUp(error.message)
  const step = stepOf(error, attempt, chance.random)
  const tooLate = chance.now + step.milliseconds > triedSince + patienceMilliseconds
  return tooLate ? giveUp(`not done within three days: ${reasonOf(error)}`) : step
}

type Later = Extract<Step, { readonly milliseconds: number }>

function stepOf(error: unknown, attempt: number, random: number): Later {
  if (error instanceof HeldByAnother) {
    return { next: 'put off', milliseconds: putOff.shortest + random * (putOff.longest - putOff.shortest) }
  }
  if (error instanceof NotYet) return { next: 'put off', milliseconds: error.milliseconds }
  if (error instanceof CircuitOpen) {
    return { next: error.stepsAside ? 'put off' : 'wait', milliseconds: error.milliseconds }
  }
  const asked = error instanceof OutsideError ? (error.retryAfterSeconds ?? 0) * 1000 : 0
  // On top of what was asked for, so that a system that says "at once", or a moment that is over, is not hurried.
  const again = {
    next: 'retry',
    milliseconds: asked + backoff(attempt, random),
    reason: reasonOf(error),
  } as const
  return isLimit(error)
    ? { ...again, pause: Math.min(Math.max(asked, shortestPause), longestAskedPause) }
    : again
}

/**
 * Only a limit on calls stops the other tasks of the queue at once. A conflict, a lock or a 503 may be of this task's
 * record alone; when it is of the whole system, the next tasks in a row are told the same, and the circuit opens.
 */
const isLimit = (error: unknown): boolean => error instanceof OutsideError && error.limitsCalls

/**
 * Exponential backoff with full jitter, so that tasks which failed together do not come back together, see
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/; ms after the attempt with this number.
 */
export const backoff = (attempt: number, random: number): number =>
  random * Math.min(firstBackoff * 2 ** (attempt - 1), longestBackoff)

const giveUp = (reason: string): Step => ({ next: 'give up', reason })

/** For operators. Messages of other errors are left to the log: they may hold what a visitor typed. */
function reasonOf(error: unknown): string {
  const isOurs = error instanceof OutsideError || error instanceof SiteError || error instanceof CircuitOpen
  if (isOurs) return error.message
  if (error instanceof HeldByAnother) return 'another delivery of the same invite was always under way'
  return `a fault of the worker (${error instanceof Error ? error.name : typeof error}), see its log`
}
