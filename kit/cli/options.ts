import type { Option, Options, Verb } from './verb.ts'

const ofReading = {
  env: {
    type: 'string',
    short: 'e',
    takes: 'ORG/ENV',
    about: 'The environment of swarmvars.json. Without it `SWARM_ENV` counts, then the only one there is.',
  },
  file: { type: 'string', takes: 'FILE', about: 'The definition, where it is not swarm.json.' },
  var: {
    type: 'string',
    multiple: true,
    takes: 'NAME=VALUE',
    about: 'A variable; it beats all files. May be given several times.',
  },
  'var-file': {
    type: 'string',
    multiple: true,
    takes: 'FILE',
    about: 'A file with more variables; it beats swarmvars.json. May be given several times.',
  },
  api: {
    type: 'string',
    takes: 'URL',
    about:
      'Asks the API of the component that controls the app instead of the engine, with the token of `SWARM_API_TOKEN`.',
  },
  strict: { type: 'boolean', about: 'A value that looks like a secret is an error.' },
} as const satisfies Options

const ofChanging = {
  'dry-run': {
    type: 'boolean',
    about: 'Prints the docker commands that would change something, and runs none.',
  },
  yes: { type: 'boolean', short: 'y', about: 'Does not ask.' },
  json: {
    type: 'boolean',
    about: 'Prints what was done as JSON, at the end; what is told on the way goes to standard error.',
  },
} as const satisfies Options

const ofPrinting = {
  json: { type: 'boolean', about: 'Prints JSON.' },
} as const satisfies Options

const always = {
  help: { type: 'boolean', short: 'h', about: 'Prints the help of the verb.' },
} as const satisfies Options

/** Options that may stand before the verb. */
export const leading: Options = { ...ofReading, ...always }

/** Options that many verbs have, by what those do. */
export const shared = { reading: ofReading, changing: ofChanging, printing: ofPrinting, always } as const

/** All options of a verb: its own, and those that go with what it does. */
export const optionsOf = ({
  options = {},
  reads,
  changes,
  prints,
}: Verb): Readonly<Record<string, Option>> => ({
  ...options,
  ...(reads && ofReading),
  ...(changes && ofChanging),
  ...(prints && ofPrinting),
  ...always,
})
