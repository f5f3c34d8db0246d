import { evidenceOfWorse } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import type { Comparison } from './limits.ts'
import { sayChance, sayCount } from './say-figures.ts'
import type { Stretch } from './stretches.ts'
import { type Activity, totalsOf } from './window.ts'

/** A broken version loses its readiness and restarts many times as often. */
const BROKEN = 20

/** Compares how often instances ceased to be ready; between equal versions each is as likely to. */
export const compareFlaps = (stretch: Stretch): Comparison => compare(stretch, 'flaps', 'readiness lost')

/** Compares how often instances restarted. */
export const compareRestarts = (stretch: Stretch): Comparison => compare(stretch, 'restarts', 'restarted')

function compare(stretch: Stretch, measure: 'flaps' | 'restarts', word: string): Comparison {
  const threshold = thresholdOf(measure, stretch)
  const incidents = (side: Activity) => ({ count: side[measure], among: side.instances })
  const evidence = evidenceOfWorse(
    stretch.intervals.map(({ canary, old }) => ({
      canary: incidents(canary),
      old: incidents(old),
      ratio: BROKEN,
    })),
    threshold,
  )
  if (evidence < threshold) return { needed: 0 }
  const { canary, old } = totalsOf(stretch)
  const told = (side: Activity) => `${times(side[measure])} in ${instances(side)}`
  return {
    needed: 0,
    evidence: `${word} ${told(canary)} against ${told(old)}; ${sayChance(evidence + Math.log(stretch.part))}`,
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${sayCount(count)} times`)

const instances = ({ instances }: Activity): string => `${instances} instance${instances === 1 ? '' : 's'}`
