import { evidenceOfWorse } from './equality-test.ts'
import { thresholdOf } from './false-aborts.ts'
import type { Comparison } from './limits.ts'
import { sayChance, sayCount } from './say-figures.ts'
import { type Activity, totalsOf, type Window } from './window.ts'

/** A broken version loses its readiness and restarts many times as often. */
const BROKEN = 20

/** Compares how often instances ceased to be ready; between equal versions each is as likely to. */
export const compareFlaps = (window: Window): Comparison => compare(window, 'flaps', 'readiness lost')

/** Compares how often instances restarted. */
export const compareRestarts = (window: Window): Comparison => compare(window, 'restarts', 'restarted')

function compare(window: Window, measure: 'flaps' | 'restarts', word: string): Comparison {
  const threshold = thresholdOf(measure, window.step)
  const incidents = (side: Activity) => ({ count: side[measure], among: side.instances })
  const evidence = evidenceOfWorse(
    window.intervals.map(({ canary, old }) => ({
      canary: incidents(canary),
      old: incidents(old),
      ratio: BROKEN,
    })),
    threshold,
  )
  if (evidence < threshold) return { needed: 0 }
  const { canary, old } = totalsOf(window)
  const told = (side: Activity) => `${times(side[measure])} in ${instances(side)}`
  return { needed: 0, evidence: `${word} ${told(canary)} against ${told(old)}; ${sayChance(evidence)}` }
}

const times = (count: number): string => (count === 1 ? 'once' : `${sayCount(count)} times`)

const instances = ({ instances }: Activity): string => `${instances} instance${instances === 1 ? '' : 's'}`
