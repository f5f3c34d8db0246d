import type { Facts, Row, Unit } from './benchmark.ts'
import type { Result } from './result.ts'

/** What was measured together: figures by name, or by row and name, with when and where. */
export type Group = Readonly<Record<string, string | number | Facts>>

/** All that content/data/figures.yml holds. */
export type Figures = Readonly<Record<string, Group>>

export interface Occasion {
  /** A day such as 2026-11-21. */
  readonly measured: string
  readonly machine: string
}

const valueNames: Readonly<Record<Unit, string>> = {
  'requests/s': 'requestsPerSecond',
  ms: 'ms',
  s: 'seconds',
  MB: 'mb',
  renders: 'renders',
  errors: 'errors',
}

/** The figures of benchmarks, a group each. */
export function groupsOf(results: readonly Result[], occasion: Occasion): Figures {
  const groups: Record<string, Group> = {}
  for (const { name, versions, rows } of results) {
    groups[camelCase(name)] = { ...occasion, ...versions, ...groupOf(rows) }
  }
  return groups
}

/** The new groups in place of earlier ones; those that were not measured again stay. */
export const mergeFigures = (earlier: Figures, measured: Figures): Figures =>
  Object.fromEntries(Object.entries({ ...earlier, ...measured }).sort(([a], [b]) => (a < b ? -1 : 1)))

function groupOf(rows: readonly Row[]): Record<string, Facts> {
  const group: Record<string, Facts> = {}
  for (const row of rows) group[row.key] = { ...group[row.key], ...valuesOf(row) }
  return group
}

function valuesOf({ value, unit, p50, p99, ratio, facts }: Row): Facts {
  const measured = { [valueNames[unit]]: value, p50Ms: p50, p99Ms: p99, ratio }
  const present = Object.entries(measured).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(present.map(([name, number]) => [name, significant(number)])), ...facts }
}

/** Three digits say all that a figure measured on a shared machine can. */
const significant = (number: number): number => Number(number.toPrecision(3))

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
