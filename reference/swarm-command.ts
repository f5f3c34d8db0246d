import { optionsOf, shared } from '../kit/cli/options.ts'
import { variables } from '../kit/cli/variables.ts'
import type { Option, Options, Verb } from '../kit/cli/verb.ts'
import { verbs } from '../kit/commands/index.ts'
import { checks } from '../kit/doctor/finding.ts'
import { code, type ReferencePage, section, subsection, table } from './markdown.ts'

/** Every verb of the command swarm. */
export const swarmCommandPage = (): ReferencePage => ({
  file: 'swarm-command.md',
  title: 'The command swarm',
  navTitle: 'swarm',
  description: 'Every verb of the command swarm, with its options and examples.',
  source: 'kit/commands/index.ts',
  sections: [
    'The table that this page is made from also checks what is typed, and is what `swarm help` prints.',
    table(
      ['Verb', 'What it does'],
      verbs.map(({ name, summary }) => [`[${code(name)}](#${anchorOf(name)})`, summary]),
    ),
    section(
      'What holds for all verbs',
      'Options may stand before the verb and after it.',
      subsection('Options', ...sharedOptions()),
      subsection('Exit codes', table(['Exit code', 'When'], exits)),
      subsection('Variables of the environment', table(['Variable', 'What it is for'], variableRows())),
    ),
    ...verbs.map(ofVerb),
  ],
})

const exits: readonly (readonly string[])[] = [
  [code(0), 'It is done.'],
  [code(1), 'It is not done, and the reason is printed. `swarm doctor`: an error was found.'],
  [code(2), 'What was typed is not understood.'],
  [code(130), 'It was interrupted by Ctrl-C; by `SIGTERM` it is 143.'],
  ['another', 'That of the command, for `swarm exec` and `swarm run`.'],
]

const variableRows = (): string[][] => [
  ['`DOCKER_HOST`, `DOCKER_CONTEXT`', "Docker's own: which engine is asked. It has to be a manager."],
  ...Object.entries(variables).map(([name, about]) => [code(name), about]),
]

const groups = {
  reading: 'Of verbs that read swarm.json:',
  changing: 'Of verbs that change something:',
  printing: 'Of verbs that print what they find:',
  always: 'Of every verb:',
} as const

const sharedOptions = (): string[] =>
  (Object.keys(groups) as (keyof typeof groups)[]).flatMap((group) => [
    groups[group],
    optionTable(shared[group]),
  ])

const optionTable = (options: Options): string =>
  table(
    ['Option', 'What it does'],
    Object.entries(options).map(([option, about]) => [flags(option, about), about.about]),
  )

function ofVerb(verb: Verb): string {
  const { name, summary, takes, details = [], examples, options = {} } = verb
  const others = Object.keys(optionsOf(verb)).filter((option) => !(option in options))
  const besides = `Besides, [as many verbs](#options): ${others.map((option) => code(`--${option}`)).join(', ')}.`
  return section(
    code(`swarm ${name}`),
    summary,
    `\`\`\`text\nswarm ${name}${takes ? ` ${takes}` : ''}\n\`\`\``,
    ...details,
    ...(name === 'doctor' ? [table(['Looks at', 'For'], Object.entries(checks))] : []),
    ...(Object.keys(options).length > 0 ? [optionTable(options)] : []),
    besides,
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  )
}

/** `--env ORG/ENV`, `-e`. */
const flags = (name: string, { short, takes }: Option): string =>
  code(`--${name}${takes ? ` ${takes}` : ''}`) + (short ? `, ${code(`-${short}`)}` : '')

const anchorOf = (name: string): string => `swarm-${name.replaceAll(' ', '-')}`
