/** Every kind of thing that can go wrong for an operator, with the exit code: a closed set. */
export const exitCodes = {
  usage: 2,
  definition: 1,
  'not found': 1,
  unreachable: 1,
  refused: 1,
  locked: 1,
  'rolled back': 1,
  stuck: 1,
  'timed out': 1,
  failed: 1,
} as const

export type FailureKind = keyof typeof exitCodes

/** Why a command cannot go on: what happened and where, and what to do. Written for the operator. */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly todo: string
  /** What belongs to it: last lines of a log, faults of a file. */
  readonly lines: readonly string[]

  constructor(kind: FailureKind, what: string, todo: string, lines: readonly string[] = []) {
    super(what)
    this.name = 'Failure'
    this.kind = kind
    this.todo = todo
    this.lines = lines
  }
}
