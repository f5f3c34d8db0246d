import { join } from 'node:path'
import type { Contender } from '../rounds.ts'
import { load } from '../wrk.ts'

export const pagesScript = join(import.meta.dirname, 'pages.lua')

/** How many answers came with which X-Front-Cache, as pages.lua says it. */
export const statesIn = (report: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...report.matchAll(/^X-Front-Cache (\w+) (\d+)$/gm)].map(([, state, count]) => [state, Number(count)]),
  )

/** Hits in a hundred answers under load; a round of its own, because counting slows the load generator down. */
export async function hitPercent({ url, headers, script }: Contender, seconds: number): Promise<number> {
  const args = [...(script?.args ?? ['', '0']), 'count']
  const { report } = await load(url, {
    seconds,
    headers,
    script: { file: script?.file ?? pagesScript, args },
  })
  const states = statesIn(report)
  const all = Object.values(states).reduce((sum, count) => sum + count, 0)
  return Number(((100 * (states.HIT ?? 0)) / all).toFixed(2))
}
