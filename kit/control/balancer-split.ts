import { decodeSides, MOST_SIDES, newerSides, type Sides } from '../canary/sides.ts'
import { Failure } from '../failure.ts'

/** The word of a balancer that sends nobody to a canary, and knows of none that was promoted. */
export const NO_SPLIT = 'none'

const MAP = '/tmp/split.map'
const KEY = 'split'

/** What a balancer says to this, wordIn reads. */
export const READ_SPLIT = `show map ${MAP}`

/** Changes the word where there is one. Throws a Failure for one that could say more to HAProxy than a word. */
export const setSplit = (word: string): string => `set map ${MAP} ${KEY} ${harmless(word)}`

/** For a balancer that began with no word at all. */
export const addSplit = (word: string): string => `add map ${MAP} ${KEY} ${harmless(word)}`

/** What HAProxy said to setSplit or addSplit: it is silent where that was done. */
export function splitResult(answer: string): 'done' | 'no word yet' | 'refused' {
  const said = answer.trim()
  if (said === '') return 'done'
  return /entry not found/i.test(said) ? 'no word yet' : 'refused'
}

/** The word of a balancer, in what it says to READ_SPLIT. */
export const wordIn = (answer: string): string =>
  new RegExp(`^0x[0-9a-f]+ ${KEY} (\\S+)$`, 'm').exec(answer)?.[1] ?? NO_SPLIT

/** The word that a balancer is to get when it is offered one; undefined where it is to keep its own. */
export function wordFor(has: string, offered: string): string | undefined {
  if (has === offered) return undefined
  const [own, other] = [sidesIn(has), sidesIn(offered)]
  return own && other && newerSides(own, other) === own ? undefined : offered
}

function sidesIn(word: string): Sides | undefined {
  try {
    return decodeSides(word)
  } catch {
    return undefined
  }
}

function harmless(word: string): string {
  if (word.length <= MOST_SIDES && /^[A-Za-z0-9~,:=/._-]+$/.test(word)) return word
  throw new Failure('failed', 'That is no word for a balancer.', 'It is one that wordOf makes.')
}
