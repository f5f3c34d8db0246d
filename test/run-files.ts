import { relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { LATE } from './until.ts'

export interface Result {
  readonly passed: number
  readonly failed: number
  /** Files with a test that failed, from the root of the project. */
  readonly failing: readonly string[]
  /** Those of them in which nothing was wrong but late. */
  readonly late: readonly string[]
  /** Milliseconds that each file took. */
  readonly took: ReadonlyMap<string, number>
}

export const NOTHING: Result = { passed: 0, failed: 0, failing: [], late: [], took: new Map() }

export const sum = (one: Result, other: Result): Result => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  failing: [...one.failing, ...other.failing],
  late: [...one.late, ...other.late],
  took: new Map([...one.took, ...other.took]),
})

/** Whether a test waited in vain, had not ended in its time, or failed for another that did. */
function wasLate(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, failureType } = error as Error & { code?: unknown; failureType?: unknown }
  const isTimeout = failureType === 'testTimeoutFailure' || failureType === 'subtestsFailed'
  return isTimeout || code === LATE || wasLate(error.cause)
}

/** Runs test files, so many at a time, and prints what they say. A file that takes more than `minutes` fails. */
export async function runFiles(
  files: readonly string[],
  concurrency: number,
  minutes: number,
): Promise<Result> {
  if (files.length === 0) return NOTHING
  const counted = { passed: 0, failed: 0 }
  const failing = new Set<string>()
  const wrong = new Set<string>()
  const took = new Map<string, number>()
  const events = run({ files: [...files], concurrency, timeout: minutes * 60_000 })
  events.on('test:fail', ({ file, details }) => {
    if (file === undefined) return
    const path = relative(process.cwd(), file)
    failing.add(path)
    if (!wasLate(details.error)) wrong.add(path)
  })
  events.on('test:summary', ({ file, counts, duration_ms }) => {
    // The summary without a file is the one over all of them.
    if (file === undefined)
      Object.assign(counted, { passed: counts.passed, failed: counts.tests - counts.passed })
    else took.set(relative(process.cwd(), file), duration_ms)
  })
  for await (const text of events.compose(spec)) process.stdout.write(text)
  const late = [...failing].filter((path) => !wrong.has(path))
  return { ...counted, failing: [...failing], late, took }
}

// More than these at once are no accident.
const MOST_AGAIN = 6

/**
 * `first`, once its failing files have run again, one at a time: on a busy machine a deadline can pass that a site on
 * a server of its own keeps. What fails alone too has failed. `unsteady` are the files that passed only then. Nothing
 * runs again where a file has failed that may not.
 */
export async function onceMore(
  first: Result,
  mayAgain: (file: string) => boolean,
  again: (files: readonly string[]) => Promise<Result>,
): Promise<{ result: Result; unsteady: readonly string[] }> {
  const { failing } = first
  if (failing.length === 0 || failing.length > MOST_AGAIN || !failing.every(mayAgain))
    return { result: first, unsteady: [] }
  const second = await again(failing)
  const passed = first.passed + first.failed - second.failed
  return {
    result: { ...first, passed, failed: second.failed, failing: second.failing, late: second.late },
    unsteady: failing.filter((file) => !second.failing.includes(file)),
  }
}
