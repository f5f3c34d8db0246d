import { type KeptState, statesIn, underWay } from '../../canary/store.ts'
import { change } from '../../docker.ts'
import { ifMissing } from '../../swarm/ask.ts'
import { LABELS } from '../../swarm/labels.ts'
import { readObjects, type SwarmObject } from '../../swarm/objects.ts'
import { removeObjects } from '../commands.ts'

/** So many canaries of an app are told of. */
const KEPT = 5
/** What is so young may belong to a canary whose first state is yet to be written. */
const YOUNG_MS = 60_000

/** Removes what the swarm keeps of older canaries, and what those that ended were to become. */
export async function pruneCanaries(stack: string, now: Date): Promise<void> {
  const configs = await readObjects('config', `${LABELS.canary}=${stack}`)
  const ids = needlessCanaries(statesIn(stack, configs), configs, now)
  if (ids.length > 0) await change(removeObjects('config', ids)).catch(ifMissing)
}

/**
 * Ids of configs of canaries that nobody needs, a minute old at least. The newest state stays in any case, as its number
 * must not come again.
 */
export function needlessCanaries(
  states: readonly KeptState[],
  configs: readonly SwarmObject[],
  now: Date,
): string[] {
  const newestFirst = [...new Set(states.map(({ canary }) => canary.id).reverse())]
  const told = new Set(newestFirst.slice(0, KEPT))
  const going = underWay(states)?.canary.id
  const isNeedless = ({ id, name, labels }: SwarmObject): boolean => {
    const own = name.slice(name.lastIndexOf('-') + 1)
    switch (labels[LABELS.kind]) {
      case 'canary':
        return states.some((state) => state.id === id && !told.has(state.canary.id))
      case 'canary-record':
        return !told.has(own)
      default:
        return own !== going
    }
  }
  const isYoung = ({ createdAt }: SwarmObject) => now.getTime() - Date.parse(createdAt) < YOUNG_MS
  return configs.filter((config) => !isYoung(config) && isNeedless(config)).map(({ id }) => id)
}
