import type { Context } from './context.ts'

/** Prints a value for programs. */
export const printJson = (value: unknown, { terminal }: Context): void =>
  terminal.say(`${JSON.stringify(value, null, 2)}\n`)

/** Lines with columns as wide as their longest cell; the last column is as wide as it is. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return rows.map((row) => `${line(row)}\n`).join('')
}
