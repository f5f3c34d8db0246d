import { Failure } from '../failure.ts'
import type { Outcome, Wish } from './event.ts'
import { canaryName } from './say.ts'
import type { Canary, Phase } from './state.ts'

const refused = (what: string, todo: string): Outcome => ({
  kind: 'refused',
  failure: new Failure('refused', what, todo),
})

export function hasEnded(canary: Canary): Outcome {
  const result = canary.phase.kind === 'ended' ? canary.phase.result : 'ended'
  return refused(
    `${canaryName(canary)} has ended: it was ${result}.`,
    'Begin another one with `swarm canary`.',
  )
}

export const noShare = (percent: number): Outcome => ({
  kind: 'refused',
  failure: new Failure(
    'usage',
    `${percent} % is no share of visitors.`,
    'Give one from 0 to 100 of at most two decimals, such as 12.5%.',
  ),
})

/** An operator's wish that does not fit the phase. */
export function cannot(canary: Canary, wish: Wish): Outcome {
  const [state, todo] = whyNot(canary.phase.kind)
  return refused(`${canaryName(canary)} ${state}: it cannot be ${done[wish.kind]}.`, todo)
}

const done: Readonly<Record<Wish['kind'], string>> = {
  pause: 'paused',
  resume: 'resumed',
  promote: 'promoted',
  abort: 'aborted',
  set: 'given another share',
}

function whyNot(kind: Phase['kind']): readonly [state: string, todo: string] {
  switch (kind) {
    case 'starting':
      return ['still starts', 'Wait until its instances are ready, or end it with `swarm canary abort`.']
    case 'promoting':
      return [
        'is being promoted',
        'Wait until that has ended; `swarm rollback` then returns to the release before.',
      ]
    case 'aborting':
      return ['is being aborted', 'Wait until it has ended, then begin another one with `swarm canary`.']
    case 'paused':
      return [
        'is paused',
        'Let it go on with `swarm canary resume`, or change its share with `swarm canary set`.',
      ]
    default:
      return [
        'is not paused',
        'Stop it at its share with `swarm canary pause`, or give it one with `swarm canary set`.',
      ]
  }
}
