import { optionsOf } from '../cli/options.ts'
import { usage } from '../cli/parse.ts'
import { columns, printJson } from '../cli/print.ts'
import type { Act, Option, Verb } from '../cli/verb.ts'
import { keysHelp } from '../definition/keys/help.ts'
import { verbs } from './index.ts'

export const help: Act = async (asked, context) => {
  const { words } = asked
  const { terminal } = context
  const name = words.join(' ')
  if (asked.flag('json')) printJson(verbs.map(forPrograms), context)
  else if (name === '') terminal.say(overview())
  else if (name === 'keys') terminal.say(keysHelp())
  else terminal.say(named(name).map(helpOf).join('\n'))
  return 0
}

/** The verb of that name, or all of that group. */
function named(name: string): Verb[] {
  const found = verbs.filter((verb) => verb.name === name || verb.name.startsWith(`${name} `))
  if (found.length === 0) throw usage(`There is no verb "${name}".`)
  return found
}

function overview(): string {
  const rows = (changes: boolean) =>
    columns(
      verbs.filter((verb) => verb.changes === changes).map(({ name, summary }) => [`  ${name}`, summary]),
    )
  return [
    'swarm [--env org/env] VERB: runs the app of swarm.json on a Docker Swarm.\n',
    `Verbs that change something; --dry-run prints the docker commands instead:\n${rows(true)}`,
    `Verbs that only tell:\n${rows(false)}`,
    '`swarm help VERB` tells more of one, and `swarm help keys` what may stand in swarm.json.',
    'DOCKER_HOST or a docker context says which engine is asked; it has to be a manager.\n',
  ].join('\n')
}

const WIDTH = 100

/** The help of a verb. */
function helpOf(verb: Verb): string {
  const { name, summary, takes, details = [], examples } = verb
  const paragraphs = details.map((text) => `${wrap(plain(text)).join('\n')}\n`)
  return [
    `swarm ${name}${takes ? ` ${takes}` : ''} [OPTIONS]\n`,
    `${wrap(plain(summary)).join('\n')}\n`,
    ...paragraphs,
    `Options:\n${optionLines(verb)}`,
    `Examples:\n${examples.map((example) => `  ${example}\n`).join('')}`,
  ].join('\n')
}

function optionLines(verb: Verb): string {
  const rows = Object.entries(optionsOf(verb)).map(
    ([name, option]) => [flags(name, option), plain(option.about)] as const,
  )
  const wide = Math.max(...rows.map(([flag]) => flag.length)) + 2
  return rows
    .flatMap(([flag, about]) =>
      wrap(about, WIDTH - wide).map((line, index) => `${(index === 0 ? flag : '').padEnd(wide)}${line}\n`),
    )
    .join('')
}

/** `  -e, --env ORG/ENV`. */
const flags = (name: string, { short, takes }: Option): string =>
  `  ${short ? `-${short}, ` : '    '}--${name}${takes ? ` ${takes}` : ''}`

const plain = (text: string): string => text.replaceAll('`', '')

function wrap(text: string, width = WIDTH): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

function forPrograms(verb: Verb) {
  const { name, summary, takes, details = [], examples, changes } = verb
  return { name, summary, takes: takes ?? '', details, examples, changes, options: optionsOf(verb) }
}
