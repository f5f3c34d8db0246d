import { CommandError } from '../docker.ts'
import { Interrupted } from '../interruption.ts'

/** Why a rollout cannot go on: written for the operator, with the last lines of what failed. */
export class RolloutFailure extends Error {
  readonly todo: string
  readonly lines: readonly string[]

  constructor(what: string, todo: string, lines: readonly string[] = []) {
    super(what)
    this.name = 'RolloutFailure'
    this.todo = todo
    this.lines = lines
  }
}

const INTERRUPTED =
  'Interrupted. Whatever is healthy goes on serving, and the next rollout first ends or takes back what was begun.'

/** What to print of an error. */
export function explain(error: unknown): string {
  const lines = linesOf(error).map((line) => `    ${line}\n`)
  if (error instanceof RolloutFailure) return `${error.message}\n${lines.join('')}${error.todo}\n`
  if (error instanceof Interrupted) return `${INTERRUPTED}\n`
  if (error instanceof CommandError) return `${error.message}\n${lines.join('')}`
  return `${error instanceof Error ? error.stack : String(error)}\n`
}

const linesOf = (error: unknown): readonly string[] =>
  error instanceof RolloutFailure || error instanceof CommandError ? error.lines : []
