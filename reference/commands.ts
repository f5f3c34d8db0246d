import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, commands, composeVariables } from './command-table.ts'
import { code, described, list, type ReferencePage, section, table } from './markdown.ts'

const root = join(import.meta.dirname, '..')
const where = 'reference/command-table.ts'

/** The scripts of package.json that a person runs, in its order. */
export function scriptNames(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const names = Object.keys(scripts)
  return names.filter((name) => !names.some((other) => name === `pre${other}` || name === `post${other}`))
}

/** The variables that docker-compose.yml takes, with their defaults. */
export function composeDefaults(): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  return new Map(
    [...text.matchAll(/\$\{(\w+):-([^}]*)\}/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

const shortForms: readonly string[] = ['start', 'test']

export const typed = (script: string): string =>
  shortForms.includes(script) ? `npm ${script}` : `npm run ${script}`

function commandSection(script: string): string {
  const { about, takes, options, exits, example }: Command = described(commands, script, where)
  const blocks = [about]
  if (takes) blocks.push(`Takes ${takes}.`)
  if (options) blocks.push(table(['Option', 'What it does'], optionRows(options)))
  if (exits) blocks.push(table(['Exit code', 'When'], Object.entries(exits)))
  if (example) blocks.push(`\`\`\`sh\n${example}\n\`\`\``)
  return section(code(typed(script)), ...blocks)
}

const optionRows = (options: Readonly<Record<string, string>>): string[][] =>
  Object.entries(options).map(([name, meaning]) => [code(`--${name}`), meaning])

const composeSection = (): string =>
  section(
    code('docker compose up'),
    'Starts the site as it runs for visitors, nginx in front, three Redis and a worker behind, on this machine ' +
      'alone. Stand-ins take the place of the CRM, the account system and the mail server.',
    table(
      ['Variable', 'Default', 'What it is for'],
      [...composeDefaults()].map(([name, value]) => [
        code(name),
        value === '' ? 'none' : code(value),
        described(composeVariables, name, where),
      ]),
    ),
    '```sh\nNGINX_PORT=9000 docker compose up\n```',
  )

/** Every command, with its options and exit codes. */
export const commandsPage = (): ReferencePage => ({
  file: 'commands.md',
  title: 'Commands',
  description: 'Every command of the repository, with its options and exit codes.',
  source: 'package.json',
  sections: [
    'Commands are run in the folder of the repository. npm passes on what comes after two dashes.',
    list(scriptNames().map((script) => `[${code(typed(script))}](#${anchorOf(typed(script))})`)),
    ...scriptNames().map(commandSection),
    composeSection(),
  ],
})

const anchorOf = (command: string): string => command.replaceAll(' ', '-').replaceAll(':', '')
