import { leading, optionsOf } from './options.ts'
import type { Option, Verb } from './verb.ts'

/** The names that words can stand for; asked only where they are needed. */
export interface Names {
  readonly environments: () => readonly string[]
  readonly components: () => readonly string[]
}

/** What the last of the words, which may be empty, can become in a shell. */
export function candidates(words: readonly string[], verbs: readonly Verb[], names: Names): string[] {
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  if (before.includes('--')) return []
  return all(before, last, verbs, names).filter((word) => word.startsWith(last))
}

function all(before: readonly string[], last: string, verbs: readonly Verb[], names: Names): string[] {
  const typed = withoutOptions(before, verbs)
  const verb = longest(typed, verbs)
  const options = verb ? optionsOf(verb) : leading
  const waiting = optionOf(before.at(-1) ?? '', options)
  if (waiting?.type === 'string') return valuesOf(waiting, options, names)
  if (last.startsWith('-')) return Object.keys(options).map((name) => `--${name}`)
  if (verb) return wordsOf(verb, typed.length - verb.name.split(' ').length, verbs, names)
  return [...new Set(verbs.flatMap(({ name }) => nextWord(name.split(' '), typed)))]
}

function withoutOptions(words: readonly string[], verbs: readonly Verb[]): string[] {
  const options = Object.assign({}, ...verbs.map(optionsOf)) as Readonly<Record<string, Option>>
  return words.filter(
    (word, index) => !word.startsWith('-') && optionOf(words[index - 1] ?? '', options)?.type !== 'string',
  )
}

const optionOf = (word: string, options: Readonly<Record<string, Option>>): Option | undefined =>
  Object.entries(options).find(([name, { short }]) => word === `--${name}` || word === `-${short}`)?.[1]

const longest = (typed: readonly string[], verbs: readonly Verb[]): Verb | undefined =>
  verbs
    .filter(({ name }) => name.split(' ').every((word, index) => typed[index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]

function nextWord(name: readonly string[], typed: readonly string[]): string[] {
  const fits = typed.every((word, index) => name[index] === word)
  const next = name[typed.length]
  return fits && next !== undefined ? [next] : []
}

function valuesOf(option: Option, options: Readonly<Record<string, Option>>, names: Names): string[] {
  return option === options.env ? [...names.environments()] : [...(option.values ?? [])]
}

function wordsOf(verb: Verb, given: number, verbs: readonly Verb[], names: Names): string[] {
  const { least = 0, most = least } = verb.words ?? {}
  if (given >= most) return []
  if (verb.completes === 'environment') return [...names.environments()]
  if (verb.completes === 'component') return [...names.components()]
  if (verb.completes === 'verb') return ['keys', ...verbs.map(({ name }) => name)]
  return [...(verb.choices ?? [])]
}
