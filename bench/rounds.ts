import type { Effort } from './benchmark.ts'
import { median } from './median.ts'
import { type Load, load, type Script } from './wrk.ts'

/** A server under test, and what each request says beside its URL. */
export interface Contender {
  readonly name: string
  readonly key: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly script?: Script
}

const warmUpSeconds = 1

/** Loads every contender once unmeasured, then in turns: A B C, A B C …, so that a busy minute hits all alike. */
export async function inTurns(contenders: readonly Contender[], effort: Effort): Promise<Load[][]> {
  for (const { url, headers, script } of contenders) {
    await load(url, { seconds: warmUpSeconds, headers, script })
  }
  const loads: Load[][] = contenders.map(() => [])
  for (let round = 0; round < effort.rounds; round++) {
    for (const [number, { url, headers, script }] of contenders.entries()) {
      loads[number]?.push(await load(url, { seconds: effort.seconds, headers, script }))
    }
  }
  return loads
}

/** The medians of one contender's rounds, as a row has them. */
export const medians = ({ name, key }: Pick<Contender, 'name' | 'key'>, loads: readonly Load[] = []) =>
  ({
    name,
    key,
    unit: 'requests/s',
    value: median(loads.map(({ requestsPerSecond }) => requestsPerSecond)),
    p50: median(loads.map(({ p50 }) => p50)),
    p99: median(loads.map(({ p99 }) => p99)),
  }) as const

export const rates = (loads: readonly Load[] = []): number[] =>
  loads.map(({ requestsPerSecond }) => requestsPerSecond)
