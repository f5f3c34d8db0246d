import { createObject } from '../deploy/commands.ts'
import { change } from '../docker.ts'
import { Failure } from '../failure.ts'
import { isTaken } from '../swarm/ask.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObjects, type SwarmObject } from '../swarm/objects.ts'
import { decodeCanary, encodeCanary, stateName } from './canary-json.ts'
import { canaryName } from './say.ts'
import type { Canary } from './state.ts'

/** A state of a canary as the swarm keeps it; the one with the highest number counts. */
export interface KeptState {
  /** From 1, for all canaries of an app. */
  readonly number: number
  readonly canary: Canary
  readonly who: string
  /** ISO 8601. */
  readonly when: string
  /** Of the config that holds it. */
  readonly id: string
}

export const STATE = 'canary'

/** The states of all canaries of an app that are kept, oldest first: one question where there never was one. */
export const readStates = async (stack: string): Promise<KeptState[]> =>
  statesIn(stack, await readObjects('config', `${LABELS.canary}=${stack}`))

/** The states among the configs of an app. Throws a Failure where the newest cannot be read; older ones may be lost. */
export function statesIn(stack: string, configs: readonly SwarmObject[]): KeptState[] {
  const states = configs.filter(({ labels }) => labels[LABELS.kind] === STATE)
  const numbered = states
    .map((config) => ({ config, number: Number(config.name.slice(stateName(stack, 0).length - 1)) }))
    .sort((one, other) => one.number - other.number)
  return numbered.flatMap(({ config, number }, at) => {
    try {
      return [stateOf(config, number)]
    } catch (error) {
      if (at === numbered.length - 1) throw error
      return []
    }
  })
}

const stateOf = ({ id, content = '', labels, createdAt }: SwarmObject, number: number): KeptState => ({
  number,
  canary: decodeCanary(content),
  who: labels[LABELS.by] ?? 'somebody',
  when: createdAt,
  id,
})

/** Writes a state, and answers whether that was the first of its number: somebody else may have been faster. */
export async function writeState(
  stack: string,
  number: number,
  canary: Canary,
  who: string,
): Promise<boolean> {
  const labels = { [LABELS.app]: stack, [LABELS.canary]: stack, [LABELS.kind]: STATE, [LABELS.by]: who }
  try {
    const content = encodeCanary(canary)
    // A dry run shows neither its salt nor the address of a hook.
    await change(createObject('config', stateName(stack, number), labels, content, 'canary.json'))
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

/** The canary with an id, or the last one. Throws a Failure where that id is not kept. */
export function chosenCanary(states: readonly KeptState[], id?: string): Canary | undefined {
  if (id === undefined) return states.at(-1)?.canary
  const state = states.findLast(({ canary }) => canary.id === id)
  if (state) return state.canary
  const kept = [...new Set(states.map(({ canary }) => canary.id))]
  throw new Failure(
    'not found',
    `Canary ${id} is not kept.`,
    kept.length === 0 ? 'None is.' : `These are: ${kept.join(', ')}.`,
  )
}

/** The newest state of a canary that has not ended, since when the swarm has it. */
export function underWay(states: readonly KeptState[]): KeptState | undefined {
  const newest = states.at(-1)
  return newest && newest.canary.phase.kind !== 'ended' ? bySwarm(newest) : undefined
}

/** Ages are told by the clock of the swarm: that of an operator may be minutes off. */
function bySwarm(kept: KeptState): KeptState {
  const { canary, when } = kept
  const { phase } = canary
  const since = new Date(when).toISOString()
  return {
    ...kept,
    canary:
      phase.kind === 'starting' ? { ...canary, begun: since } : { ...canary, phase: { ...phase, since } },
  }
}

/** Throws a Failure while a canary is under way, with the ways out of it. */
export async function refuseDuringCanary(stack: string): Promise<void> {
  const kept = underWay(await readStates(stack))
  if (kept === undefined) return
  throw new Failure(
    'refused',
    `Nothing was changed: ${canaryName(kept.canary)} is under way, begun by ${kept.canary.who}.`,
    'End it first: `swarm canary promote` gives its version to everybody, `swarm canary abort` takes it back. `swarm canary status` shows how it goes.',
  )
}
