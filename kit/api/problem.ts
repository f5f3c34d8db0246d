import { STATUS_CODES } from 'node:http'
import { CommandError } from '../command-error.ts'
import { Failure, type FailureKind } from '../failure.ts'
import { Interrupted } from '../interruption.ts'

const failureStatus: Readonly<Record<FailureKind, number>> = {
  usage: 422,
  definition: 422,
  'not found': 404,
  refused: 409,
  locked: 409,
  'rolled back': 409,
  failed: 500,
  stuck: 504,
  'timed out': 504,
  unreachable: 503,
}

/** What else can be wrong with a request: a closed set. */
export const problemStatus = {
  ...failureStatus,
  'not JSON': 400,
  'no token': 401,
  'wrong role': 403,
  'no such path': 404,
  'wrong method': 405,
  'too large': 413,
  'wrong type': 415,
  'too many': 429,
  engine: 502,
  busy: 503,
} as const

export type ProblemCode = keyof typeof problemStatus

/** A request that is not answered: the caller's problem, as RFC 9457 has it. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, what: string, headers: Readonly<Record<string, string>> = {}) {
    super(what)
    this.name = 'ApiProblem'
    this.code = code
    this.headers = headers
  }
}

export const busy = (againSeconds = 5): ApiProblem =>
  new ApiProblem('busy', 'Too much is going on here at once.', { 'Retry-After': String(againSeconds) })

/** As it is answered: https://www.rfc-editor.org/rfc/rfc9457 */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly todo?: string
  readonly lines?: readonly string[]
  readonly request: string
}

/** What to answer to an error; what nobody foresaw is not told to whoever asks. */
export function problemOf(error: unknown, request: string): Problem {
  const code = codeOf(error)
  const status = problemStatus[code]
  const isForeseen = foreseen.some((kind) => error instanceof kind)
  const { todo, lines } = error as Partial<Failure>
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: isForeseen
      ? (error as Error).message
      : 'Something went wrong here; the log of control has it by its request.',
    code,
    ...(isForeseen && todo && { todo }),
    ...(isForeseen && lines && lines.length > 0 && { lines }),
    request,
  }
}

const foreseen = [ApiProblem, Failure, CommandError, Interrupted] as const

function codeOf(error: unknown): ProblemCode {
  if (error instanceof ApiProblem) return error.code
  if (error instanceof Failure) return error.kind
  return error instanceof CommandError ? 'engine' : 'failed'
}
