import { constants } from 'node:os'
import { CommandError } from '../command-error.ts'
import { exitCodes, Failure } from '../failure.ts'
import { Interrupted } from '../interruption.ts'
import type { Terminal } from '../terminal.ts'
import { adviceFor } from './advice.ts'

/** Tells the operator what went wrong; the exit code. */
export function report(error: unknown, terminal: Terminal): number {
  terminal.complain(explain(error))
  if (error instanceof Failure) return exitCodes[error.kind]
  return error instanceof Interrupted ? 128 + constants.signals[error.signal] : exitCodes.failed
}

/** What to print of an error. */
export function explain(error: unknown): string {
  if (error instanceof Failure) return told(error.message, error.lines, error.todo)
  if (error instanceof CommandError) return told(`${error.message}`, error.lines, adviceFor(error))
  if (error instanceof Interrupted) return 'Interrupted.\n'
  return `${error instanceof Error ? error.stack : String(error)}\n`
}

const told = (what: string, lines: readonly string[], todo: string): string =>
  [what, ...lines.map((line) => `    ${line}`), ...(todo === '' ? [] : [todo]), ''].join('\n')
