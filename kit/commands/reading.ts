import type { Options, Verb } from '../cli/verb.ts'

const reads = { reads: true, changes: false, prints: true } as const

const logOptions = {
  follow: {
    type: 'boolean',
    short: 'f',
    about: 'Goes on with new lines, of new instances too, until Ctrl-C.',
  },
  since: {
    type: 'string',
    takes: 'TIME',
    about: 'From then on: a time (`2026-11-21T10:00:00Z`), or how long ago (`90s`, `10m`, `2h`).',
  },
  tail: {
    type: 'string',
    short: 'n',
    takes: 'LINES',
    about: 'The last lines of each instance. 100 unless given.',
  },
} as const satisfies Options

const watchOptions = {
  watch: { type: 'boolean', short: 'w', about: 'Shows it again every two seconds, until Ctrl-C.' },
} as const satisfies Options

const doctorOptions = {
  pull: {
    type: 'boolean',
    about:
      'Has every node pull one image of each registry, which proves its login. It takes room on the nodes.',
  },
} as const satisfies Options

const diffOptions = {
  offline: {
    type: 'boolean',
    about: 'Asks no registry: an image whose name is the same counts as unchanged.',
  },
} as const satisfies Options

const execOptions = {
  instance: {
    type: 'string',
    short: 'i',
    takes: 'NUMBER',
    about: 'Which instance. The first that runs unless given.',
  },
  tty: {
    type: 'boolean',
    short: 't',
    about: 'Gives the command a terminal. A terminal here has one anyway.',
  },
  user: {
    type: 'string',
    short: 'u',
    takes: 'USER',
    about: 'The user who runs it. That of the image unless given.',
  },
} as const satisfies Options

/** The verbs that only tell. */
export const reading: readonly Verb[] = [
  {
    ...reads,
    name: 'status',
    summary: 'Tells how the app is, and each of its components: the worst first.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    options: watchOptions,
    details: [
      'A component is `failed` where instances end or cannot start, `down` where none runs, `starting` or `stopping` ' +
        'where instances are about to, and `up` where as many run as are wanted. The worst of all is the state of the ' +
        'app. An instance counts as running once its health check was good.',
    ],
    examples: ['swarm status', 'swarm --env dogfood/production status --watch'],
    load: async () => (await import('./status.ts')).status,
  },
  {
    ...reads,
    name: 'logs',
    summary: 'Prints what all instances wrote, on all nodes, in the order of time.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    options: logOptions,
    details: [
      'Each instance is read by itself, so one on a node that does not answer keeps nobody waiting: after ten seconds ' +
        'it is named as missing. Without `--since` the last 100 lines of each instance are read.',
    ],
    examples: ['swarm logs webapp --since 10m', 'swarm logs -f site/webapp worker'],
    load: async () => (await import('./logs.ts')).logs,
  },
  {
    ...reads,
    name: 'stats',
    summary: 'Tells what processor, memory and network each instance uses, on all nodes.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    details: [
      'An engine knows only its own containers. So a job of the swarm asks the engine of every node, which takes a few ' +
        'seconds; for that time a container on each node may do what its engine may. `SWARM_NODE_IMAGE` says which ' +
        'image it is, and `SWARM_NODE_SOCKET` where the socket of the engines is.',
    ],
    examples: ['swarm stats', 'swarm stats webapp --json'],
    load: async () => (await import('./stats.ts')).stats,
  },
  {
    ...reads,
    name: 'exec',
    summary: 'Runs a command inside an instance; its exit code is that of the command.',
    takes: 'COMPONENT [-- COMMAND...]',
    words: { least: 1 },
    completes: 'component',
    takesCommand: true,
    options: execOptions,
    details: [
      'Without a command it is `sh`. A command can be run only by the engine that has the container. Where that is ' +
        'another than the one that is asked, `SWARM_NODE_HOSTS` says how it is reached: `ssh://ops@{hostname}` for all ' +
        'nodes, with `{hostname}` or `{address}`, or `name=host` for each, with commas between. Without it the command ' +
        'to type on that node is printed.',
    ],
    examples: ['swarm exec webapp', 'swarm exec webapp -i 2 -- node --version'],
    prints: false,
    load: async () => (await import('./exec.ts')).exec,
  },
  {
    ...reads,
    name: 'doctor',
    summary: 'Looks for what is wrong with the swarm, and says how to mend each finding.',
    options: doctorOptions,
    details: [
      'What only a node itself can tell is asked by a job of the swarm, as `swarm stats` does it. The kit never handles ' +
        'passwords: a login is proven by `--pull`.',
    ],
    examples: ['swarm doctor', 'swarm doctor --pull --json'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    ...reads,
    name: 'diff',
    summary: 'Tells what a deploy would change, a line a change, and what it would restart.',
    options: diffOptions,
    details: [
      'What runs is compared with what swarm.json says: images with the digests that their registry has at this moment, ' +
        'and secrets and configs with their contents. A component that somebody changed since its release, or that a deploy ' +
        'left half way, differs from what the release left: `swarm up` puts it right.',
    ],
    examples: ['swarm diff', 'swarm --env dogfood/production diff --json'],
    load: async () => (await import('./diff.ts')).diffVerb,
  },
  {
    ...reads,
    name: 'cat',
    summary: 'Prints the Compose file that runs, or that of another kept release.',
    takes: '[RELEASE]',
    words: { most: 1 },
    examples: ['swarm cat', 'swarm cat 12 --json'],
    load: async () => (await import('./cat.ts')).cat,
  },
  {
    ...reads,
    name: 'compile',
    summary: 'Prints the Compose file that a Swarm is given, without asking any swarm.',
    takes: '[ORG/ENV]',
    words: { most: 1 },
    completes: 'environment',
    details: [
      'The same definition gives the same file, to the byte. Images have no digests in it, and secrets no hashes.',
    ],
    examples: ['swarm compile dogfood/production', 'swarm compile --json'],
    load: async () => (await import('./compile.ts')).compileVerb,
  },
  {
    ...reads,
    name: 'convert',
    summary: "Rewrites a definition of Giant Swarm's second format as the first.",
    takes: '[FILE]',
    words: { most: 1 },
    details: ['Variables stay variables. What it prints is JSON in any case.'],
    examples: ['swarm convert old/swarm.json > swarm.json'],
    load: async () => (await import('./convert.ts')).convertVerb,
  },
  {
    ...reads,
    name: 'env',
    summary: 'Lists the environments of swarmvars.json, or the variables of one.',
    takes: '[ORG/ENV]',
    words: { most: 1 },
    completes: 'environment',
    examples: ['swarm env', 'swarm env dogfood/production'],
    load: async () => (await import('./env.ts')).env,
  },
  {
    name: 'deploy-key',
    summary: 'Makes an SSH key with which CI can deploy, and prints what a manager and CI need for it.',
    takes: '[USER@]HOST',
    words: { least: 1, most: 1 },
    details: [
      'The key is stored nowhere, so each call makes another one. It opens the API of Docker on that host, neither a ' +
        'shell nor a tunnel; but who may speak to Docker can do everything that root can.',
    ],
    examples: ['swarm deploy-key deploy@node1.example.com'],
    reads: false,
    changes: false,
    prints: true,
    load: async () => (await import('./deploy-key.ts')).deployKeyVerb,
  },
  {
    name: 'completion',
    summary: 'Prints what makes a shell complete the verbs, options and names of this command.',
    takes: 'bash | zsh | fish',
    words: { least: 1 },
    choices: ['bash', 'zsh', 'fish'],
    takesCommand: true,
    examples: ['source <(swarm completion bash)', 'swarm completion fish | source'],
    reads: false,
    changes: false,
    prints: false,
    load: async () => (await import('./completion.ts')).completion,
  },
  {
    name: 'help',
    summary: 'Tells what the command, one verb, or the keys of swarm.json mean.',
    takes: '[VERB | keys]',
    words: { most: 2 },
    completes: 'verb',
    examples: ['swarm help up', 'swarm help keys'],
    reads: false,
    changes: false,
    prints: true,
    load: async () => (await import('./help.ts')).help,
  },
]
