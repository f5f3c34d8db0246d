import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckResult, readCheck } from '../canary/check.ts'
import { type CheckRun, runCheckJob } from '../deploy/canary-check-run.ts'
import { Failure } from '../failure.ts'
import { askHook } from './hook.ts'
import type { Question } from './question.ts'

/** What passes by itself: a hook that starts again, a job whose node is drained. */
const ATTEMPTS = 3
const PAUSE_MS = 2000

/** How one attempt ended; one that decides nothing is made again, and counts only where it is the last. */
export interface Attempt extends CheckResult {
  readonly decides: boolean
}

/** Runs a check of a canary. Throws where the swarm does not do it, and where the signal ends it. */
export async function runCheck(
  text: string,
  question: Question,
  running: Omit<CheckRun, 'command'>,
): Promise<CheckResult> {
  const { signal } = running
  const check = readCheck(text)
  if (check === undefined) return { passed: false, evidence: ['it is no check that this control can read'] }
  return check.kind === 'hook'
    ? decided(() => attemptHook(check.url, question, signal), signal)
    : decided(() => attemptJob({ ...running, command: check.words }), signal)
}

/** What the first attempt says that decides, or the last one. */
export async function decided(
  attempt: () => Promise<Attempt>,
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<CheckResult> {
  for (let number = 1; ; number++) {
    const { decides, ...result } = await attempt()
    if (decides || number === ATTEMPTS) return result
    await sleep(pauseMs, undefined, { signal })
  }
}

async function attemptHook(url: string, question: Question, signal: AbortSignal): Promise<Attempt> {
  const result = await askHook(url, question, signal)
  return { ...result, decides: result.passed }
}

/** A command that ran to its end has decided. */
async function attemptJob(running: CheckRun): Promise<Attempt> {
  try {
    return { ...(await runCheckJob(running)), decides: true }
  } catch (error) {
    running.signal.throwIfAborted()
    if (!(error instanceof Failure)) throw error
    return { passed: false, evidence: [error.message], decides: false }
  }
}
