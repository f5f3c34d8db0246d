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
}

/** What was measured of one server. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: 'requests/s' | 'ms' | 'MB' | 'renders'
  /** Milliseconds that half of the answers, and 99 of 100, took at most. */
  readonly p50?: number
  readonly p99?: number
  /** Value against the value of the row named `reference`. */
  readonly ratio?: number
  readonly reference?: string
  readonly goal?: Goal
}

export interface Goal {
  readonly of: 'ratio' | 'value'
  readonly least?: number
  readonly most?: number
}

/** Whether the row reaches its goal; undefined when it has none. */
export function isMet({ value, ratio = NaN, goal }: Row): boolean | undefined {
  if (!goal) return undefined
  const measured = goal.of === 'ratio' ? ratio : value
  return measured >= (goal.least ?? -Infinity) && measured <= (goal.most ?? Infinity)
}
