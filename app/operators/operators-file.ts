import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { OperatorEntry } from '../config/config.ts'
import { operatorEntries } from '../config/forms.ts'

/** Why the file of operators was not read or written, and what to do. */
export class OperatorsFileError extends Error {
  override readonly name = 'OperatorsFileError'
}

const failed = (file: string, what: string, error: unknown) =>
  new OperatorsFileError(
    `${file} cannot be ${what} (${(error as NodeJS.ErrnoException).code}). Check the path and its rights, or name another with --file.`,
  )

/** Who is in the file; nobody where there is no such file. */
export function readOperators(file: string): readonly OperatorEntry[] {
  const operators = operatorEntries.read(textOf(file))
  if (operators) return operators
  throw new OperatorsFileError(`${file} does not hold ${operatorEntries.expected}. Correct it by hand.`)
}

/** Puts the operator's line in place of an older one, or at the end; all other lines stay as they are. */
export const keepOperator = (file: string, operator: OperatorEntry): void =>
  write(file, [...linesWithout(file, operator.name), lineOf(operator)])

export const removeOperator = (file: string, name: string): void => write(file, linesWithout(file, name))

export const lineOf = ({ name, passwordHash }: OperatorEntry): string => `${name}:${passwordHash}`

const linesWithout = (file: string, name: string): string[] =>
  textOf(file)
    .split('\n')
    .filter((line, at, all) => !line.trim().startsWith(`${name}:`) && (line !== '' || at < all.length - 1))

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw failed(file, 'read', error)
  }
}

/** Whole or not at all, and for nobody but its owner to read. */
function write(file: string, lines: readonly string[]): void {
  const whole = `${file}.new`
  try {
    writeFileSync(whole, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
    // The mode above is for a file that is new, and one may be left of an attempt that was cut off.
    chmodSync(whole, 0o600)
    renameSync(whole, file)
  } catch (error) {
    rmSync(whole, { force: true })
    throw failed(file, 'written', error)
  }
}
