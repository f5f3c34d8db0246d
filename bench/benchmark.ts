/** How long to measure. */
export interface Effort {
  readonly rounds: number
  /** Seconds of load on one server in one round. */
  readonly seconds: number
}

/** A group of measurements that belong in one table. */
export interface Benchmark {
  readonly title: string
  run(effort: Effort): Promise<Row[]>
  /** How it was measured, where that isn't the usual rounds of load. */
  how?(effort: Effort): string
  /** Versions of what it measures that the repository doesn't say, by name. */
  versions?(): Promise<Readonly<Record<string, string>>>
}

/** What was measured of one server. */
export interface Row {
  readonly name: string
  /** What content/data/figures.yml calls it: pages use that name, so it stays. Rows of the same key become one. */
  readonly key: string
  readonly value: number
  readonly unit: Unit
  /** Milliseconds that half of the answers, and 99 of 100, took at most. */
  readonly p50?: number
  readonly p99?: number
  /** Value against the value of the row named `reference`. */
  readonly ratio?: number
  readonly reference?: string
  readonly goal?: Goal
  /** What else was measured, by names in camel case; a table shows each as a column of its own. */
  readonly facts?: Facts
}

export type Unit = 'requests/s' | 'ms' | 's' | 'MB' | 'renders' | 'errors'
export type Facts = Readonly<Record<string, number | string>>

export interface Goal {
  readonly of: 'ratio' | 'value'
  readonly least?: number
  readonly most?: number
}

/** Why a benchmark cannot run on this machine; the others still can. */
export class CannotRunHere extends Error {}

/** Whether the row reaches its goal; undefined when it has none. */
export function isMet({ value, ratio = NaN, goal }: Row): boolean | undefined {
  if (!goal) return undefined
  const measured = goal.of === 'ratio' ? ratio : value
  return measured >= (goal.least ?? -Infinity) && measured <= (goal.most ?? Infinity)
}
