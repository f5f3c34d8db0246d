import type { Effort, Row } from './benchmark.ts'
import { describeMachine } from './machine.ts'

/** A finished benchmark. */
export interface Result {
  readonly name: string
  readonly title: string
  readonly how: string
  readonly versions: Readonly<Record<string, string>>
  readonly rows: readonly Row[]
}

/** How most benchmarks measure. */
export const inRounds = ({ rounds, seconds }: Effort): string =>
  `${describeMachine()}; ${rounds} rounds, ${seconds} s of load each.`
