import { Failure } from '../failure.ts'
import type { KeptRelease } from './releases.ts'
import type { State } from './state.ts'

/** The release that runs; a Failure where there is none yet. */
export function currentRelease({ releases }: Pick<State, 'releases'>): KeptRelease {
  const [current] = releases
  if (current) return current
  throw new Failure('not found', 'There is no release yet.', '`swarm up` makes the first.')
}
