import { sayCount } from '../analysis/say-figures.ts'
import type { Canary } from '../canary/state.ts'

/** What a control knows of why a canary stays where it is. */
export interface Waiting {
  /** That the canary needs until something is decided, as far as it was judged. */
  readonly requests: number | undefined
  /** Whether checks hold it back. */
  readonly checks: boolean
  readonly now: Date
}

/** What a canary waits for: `hold ends in 40 s, 120 more requests with the canary`. Empty where that is nothing. */
export function sayWaiting({ phase, holdMs, manual }: Canary, { requests, checks, now }: Waiting): string {
  const checking = checks ? ['checks run'] : []
  switch (phase.kind) {
    case 'starting':
      return checks ? 'checks run' : 'its instances become ready'
    case 'stepping':
    case 'holding': {
      const left = manual ? 0 : Date.parse(phase.since) + holdMs - now.getTime()
      return [
        ...hold(left),
        ...needed(requests),
        ...(manual ? ['somebody tells it to go on'] : checking),
      ].join(', ')
    }
    case 'paused':
      return 'somebody resumes it'
    case 'promoting':
      return 'the service gets its image'
    case 'aborting':
      return 'its instances go'
    case 'ended':
      return ''
  }
}

const hold = (leftMs: number): string[] => (leftMs > 0 ? [`hold ends in ${Math.ceil(leftMs / 1000)} s`] : [])

function needed(requests: number | undefined): string[] {
  if (requests === undefined || requests === 0) return []
  const count = Number.isFinite(requests) ? `${sayCount(requests)} more` : 'more'
  return [`${count} request${requests === 1 ? '' : 's'} with the canary`]
}
