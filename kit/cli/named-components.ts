import { nearest } from '../definition/keys/nearest.ts'
import { Failure } from '../failure.ts'

/**
 * Full names of the components that words mean: a full name (`site/webapp`), the name alone where just one service
 * has it (`webapp`), or a service (`site`) with all that it has. No word means all. In the order of `names`.
 */
export function namedComponents(words: readonly string[], names: readonly string[]): string[] {
  if (words.length === 0) return [...names]
  const meant = new Set(words.flatMap((word) => meantBy(word, names)))
  return names.filter((name) => meant.has(name))
}

/** The one component that a word means. */
export function namedComponent(word: string, names: readonly string[]): string {
  const [one, ...others] = meantBy(word, names)
  if (one !== undefined && others.length === 0) return one
  throw ambiguous(word, [one ?? '', ...others])
}

function meantBy(word: string, names: readonly string[]): string[] {
  if (names.includes(word)) return [word]
  const ofService = names.filter((name) => name.startsWith(`${word}/`))
  const alone = names.filter((name) => name.endsWith(`/${word}`))
  if (ofService.length + alone.length === 0) throw unknown(word, names)
  if (ofService.length > 0 && alone.length > 0) throw ambiguous(word, [...ofService, ...alone])
  if (alone.length > 1) throw ambiguous(word, alone)
  return ofService.length > 0 ? ofService : alone
}

function unknown(word: string, names: readonly string[]): Failure {
  const short = names.map((name) => name.slice(name.indexOf('/') + 1))
  const near = nearest(word, [...names, ...short])
  const there = names.length === 0 ? 'there is none at all' : `there are ${names.join(', ')}`
  return new Failure(
    'not found',
    `There is no component "${word}"${near === undefined ? '.' : `; is "${near}" meant?`}`,
    `Of components ${there}.`,
  )
}

const ambiguous = (word: string, names: readonly string[]): Failure =>
  new Failure('usage', `"${word}" can mean ${names.join(' or ')}.`, 'Give one of these names.')
