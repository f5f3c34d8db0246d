import { Failure } from '../failure.ts'
import { LABELS } from '../swarm/labels.ts'
import { readObjects } from '../swarm/objects.ts'
import type { KeptRelease } from './releases.ts'
import type { State } from './state.ts'

/** The release of that number; without one, that before the newest. */
export function releaseToReturnTo(releases: readonly KeptRelease[], number: number | undefined): KeptRelease {
  const found = number === undefined ? releases[1] : releases.find((one) => one.number === number)
  if (found) return found
  const kept = releases.map((one) => one.number).join(', ')
  throw new Failure(
    'not found',
    number === undefined ? 'There is no release before this one.' : `Release ${number} is not kept.`,
    kept === '' ? 'There is none at all: `swarm up` makes the first.' : `These are: ${kept}.`,
  )
}

/** Throws a Failure if a secret or config of the release was removed by hand. */
export async function needFiles(stack: string, release: KeptRelease, { configs }: State): Promise<void> {
  const secrets = await readObjects('secret', `${LABELS.app}=${stack}`)
  const there = new Set([...secrets, ...configs].map(({ name }) => name))
  const missing = [...release.secrets, ...release.configs].filter((name) => !there.has(name))
  if (missing.length === 0) return
  throw new Failure(
    'refused',
    `Release ${release.number} cannot run again, as somebody removed what it needs:`,
    'Return to another one: `swarm releases` lists them.',
    missing,
  )
}
