import { parseArgs } from 'node:util'
import { Failure } from '../failure.ts'
import { Asked } from './asked.ts'
import { leading, optionsOf } from './options.ts'
import type { Options, Verb } from './verb.ts'

export interface Parsed {
  readonly verb: Verb
  readonly asked: Asked
}

/** Which verb was typed, and with what. Throws a Failure of usage. */
export function parse(args: readonly string[], verbs: readonly Verb[]): Parsed {
  const [before, command] = splitAt(args, '--')
  const [options, typed] = splitLeading(before)
  if (typed.length === 0) return parse(['help'], verbs)
  const verb = find(typed, verbs)
  if (verb === undefined) return parseGroup(typed[0] ?? '', before, verbs)
  const rest = [...options, ...typed.slice(verb.name.split(' ').length)]
  const { values, positionals } = parseOrFail(rest, { ...leading, ...optionsOf(verb) }, verb)
  const asked = new Asked(positionals, values, command)
  if (!asked.flag('help')) checkWords(asked, verb)
  return { verb, asked }
}

function splitAt(args: readonly string[], mark: string): [readonly string[], readonly string[]] {
  const at = args.indexOf(mark)
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at + 1)]
}

/** Options before the verb, with their values, and the rest. */
function splitLeading(args: readonly string[]): [readonly string[], readonly string[]] {
  let at = 0
  while (args[at]?.startsWith('-')) at += takesNext(args[at] ?? '') ? 2 : 1
  return [args.slice(0, at), args.slice(at)]
}

const takesNext = (arg: string): boolean =>
  !arg.includes('=') &&
  Object.entries(leading).some(
    ([name, { type, short }]) => type === 'string' && (arg === `--${name}` || arg === `-${short}`),
  )

/** The verb of the most words that fits; undefined where none does. */
function find(typed: readonly string[], verbs: readonly Verb[]): Verb | undefined {
  const fits = ({ name }: Verb) => name.split(' ').every((word, index) => typed[index] === word)
  return verbs.filter(fits).sort((a, b) => b.name.length - a.name.length)[0]
}

/** The first word of several verbs is none itself, but has help: that of all of them. */
function parseGroup(word: string, args: readonly string[], verbs: readonly Verb[]): Parsed {
  const group = verbs.filter(({ name }) => name.startsWith(`${word} `)).map(({ name }) => `swarm ${name}`)
  if (group.length === 0) throw usage(`There is no verb "${word}".`)
  if (args.includes('--help') || args.includes('-h')) return parse(['help', word], verbs)
  throw usage(`"swarm ${word}" needs another word: ${group.join(', ')}.`)
}

function parseOrFail(args: readonly string[], options: Options, verb: Verb) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  )
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true })
  } catch (error) {
    throw usage(`${(error as Error).message.split('. ')[0]?.replace(/\.$/, '')}.`, verb)
  }
}

function checkWords({ words, command }: Asked, verb: Verb): void {
  if (command.length > 0 && !verb.takesCommand)
    throw usage(`"swarm ${verb.name}" takes no command after --.`, verb)
  const { least = 0, most = least } = verb.words ?? {}
  if (words.length < least) throw usage(`"swarm ${verb.name}" takes ${verb.takes}.`, verb)
  if (words.length > most) throw usage(`"swarm ${verb.name}" does not take "${words[most]}".`, verb)
}

/** What was typed is not understood. */
export const usage = (what: string, verb?: Verb): Failure =>
  new Failure('usage', what, `See \`swarm help${verb ? ` ${verb.name}` : ''}\`.`)
