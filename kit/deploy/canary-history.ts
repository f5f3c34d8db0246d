import { statesIn } from '../canary/store.ts'
import { type CanarySummary, summariesOf } from '../canary/summary.ts'
import type { SwarmObject } from '../swarm/objects.ts'
import { recordsIn } from './canary-kept.ts'

/** A canary, and what was seen of both versions. */
export interface RecordedCanary extends CanarySummary {
  /** Both versions side by side, where both had visitors. */
  readonly table?: string
  /** The command that writes both over time as SVG. */
  readonly chart?: string
}

/** The canaries among the configs of an app, newest first. What cannot be read keeps nobody from its releases. */
export function canariesIn(stack: string, configs: readonly SwarmObject[]): RecordedCanary[] {
  try {
    const records = recordsIn(stack, configs)
    return summariesOf(statesIn(stack, configs)).map((canary) => {
      const { id } = canary
      const { table } = records.get(id) ?? {}
      return { ...canary, ...(table && { table, chart: `swarm canary status --id ${id} --chart ${id}.svg` }) }
    })
  } catch {
    return []
  }
}
