import { type ErrorCode, SiteError } from '../errors.ts'

/** What an operator can read of a fault, beside what went wrong. */
interface Advice {
  /** What to do about it. */
  readonly todo?: string | undefined
  readonly lines?: readonly string[] | undefined
  readonly retryAfterSeconds?: number | undefined
}

/** A question or a change that control did not answer as hoped. Its message is for operators, and holds no token. */
export class ControlError extends SiteError {
  readonly todo: string | undefined
  readonly lines: readonly string[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, advice: Advice = {}, options?: ErrorOptions) {
    super(code, message, options)
    this.todo = advice.todo
    this.lines = advice.lines ?? []
    this.retryAfterSeconds = advice.retryAfterSeconds
  }
}

// All codes of a problem in docs/control-api.yaml.
const codes: Readonly<Record<string, ErrorCode>> = {
  usage: 'invalid',
  definition: 'invalid',
  'not found': 'notFound',
  refused: 'invalid',
  locked: 'invalid',
  'rolled back': 'invalid',
  failed: 'unavailable',
  stuck: 'unavailable',
  'timed out': 'unavailable',
  unreachable: 'unavailable',
  'not JSON': 'internal',
  'no token': 'unavailable',
  'wrong role': 'forbidden',
  'no such path': 'notFound',
  'wrong method': 'internal',
  'too large': 'tooLarge',
  'wrong type': 'internal',
  'too many': 'tooMany',
  engine: 'unavailable',
  busy: 'unavailable',
}

/** Which of the site's errors a problem of control is. */
export const codeOfProblem = (code: string): ErrorCode => codes[code] ?? 'unavailable'

/** Control could not be asked, or its answer cannot be read. */
export function controlAway(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  const { name } = error as Error
  const what = name === 'TimeoutError' ? 'Control did not answer in time.' : 'Control cannot be reached.'
  return new ControlError('unavailable', what, {}, { cause: error })
}
