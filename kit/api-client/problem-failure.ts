import type { Problem } from '../api/problem.ts'
import { exitCodes, Failure, type FailureKind } from '../failure.ts'

/** The API was asked too often, or has too much to do, and says when to ask again. */
export class LaterFailure extends Failure {
  readonly waitMs: number

  constructor({ kind, message, todo, lines }: Failure, waitMs: number) {
    super(kind, message, todo, lines)
    this.waitMs = waitMs
  }
}

/** What an answer that is no success says, as the command would have failed. */
export async function failureIn(answer: Response): Promise<Failure> {
  const text = await answer.text().catch(() => '')
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  try {
    const problem = JSON.parse(text) as Problem
    const failure = failureOf(problem)
    return passing.includes(problem.code) && seconds >= 0
      ? new LaterFailure(failure, seconds * 1000)
      : failure
  } catch {
    return new Failure(
      answer.status >= 502 && answer.status <= 504 ? 'unreachable' : 'failed',
      `The API answers ${answer.status} ${answer.statusText}.`,
      'Look at whether --api leads to the control of this app.',
    )
  }
}

const todoOf: Partial<Record<Problem['code'], string>> = {
  'no token': 'Look at SWARM_API_TOKEN, and whether control has its hash.',
  'wrong role': 'Use a token of that role.',
}

/** What is over in a moment. */
const passing: readonly Problem['code'][] = ['too many', 'busy']

/** A problem as the Failure that it was, or as the next best. */
export function failureOf({ code, detail, todo, lines = [] }: Problem): Failure {
  const kind = isKind(code) ? code : passing.includes(code) ? 'unreachable' : 'refused'
  return new Failure(kind, detail, todo ?? todoOf[code] ?? '', lines)
}

const isKind = (code: string): code is FailureKind => Object.hasOwn(exitCodes, code)
