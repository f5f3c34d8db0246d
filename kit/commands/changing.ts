import type { Verb } from '../cli/verb.ts'
import { strategies } from '../definition/model.ts'
import { lockOptions, waitOptions } from '../deploy/options.ts'
import { canaryVerbs } from './canary.ts'

const changes = { reads: true, changes: true, prints: false } as const

/** The verbs that change what runs. */
export const changing: readonly Verb[] = [
  {
    ...changes,
    name: 'up',
    summary: 'Makes the swarm run what swarm.json says, and waits until it does.',
    options: {
      ...waitOptions,
      reason: { type: 'string', takes: 'TEXT', about: 'Why, for `swarm releases`.' },
    },
    details: [
      'Images get the digest that their registry has now; one that has none stops the deploy before anything changes. ' +
        'What did not change is not restarted. Fronts go first, then everything else. If a component cannot come up, the ' +
        'app is brought back as it was, and the command ends with 1.',
    ],
    examples: ['swarm up', 'swarm --env dogfood/production up --yes', 'swarm up --dry-run'],
    load: async () => (await import('./up.ts')).up,
  },
  {
    ...changes,
    name: 'rollback',
    summary: 'Returns to a kept release, in one step.',
    takes: '[NUMBER]',
    words: { most: 1 },
    options: waitOptions,
    details: [
      'Without a number, to the release before. No registry is asked: nodes that have the images need none.',
    ],
    examples: ['swarm rollback', 'swarm rollback 12'],
    load: async () => (await import('./rollback.ts')).rollback,
  },
  {
    ...changes,
    name: 'update',
    summary: 'Gives components the newest image of their tag, or of another tag.',
    takes: '[COMPONENT[=TAG]...]',
    words: { most: 100 },
    completes: 'component',
    options: {
      ...waitOptions,
      strategy: {
        type: 'string',
        short: 's',
        takes: 'STRATEGY',
        about:
          'How instances are replaced: `one-by-one`, `all-at-once`, or `hot-swap`: all new ones start before any old one ends.',
        values: strategies,
      },
    },
    details: [
      'Nothing else of swarm.json is deployed, so it goes out even while the files here say something new. The next ' +
        '`swarm up` brings the tag that swarm.json says. A strategy is for this update alone, and what is stopped stays so.',
    ],
    examples: ['swarm update', 'swarm update webapp=1.4', 'swarm update webapp worker -s all-at-once'],
    load: async () => (await import('./update.ts')).update,
  },
  ...canaryVerbs,
  {
    ...changes,
    name: 'scaleup',
    summary: 'Starts more instances of a component, within its scaling_policy.',
    takes: '[COMPONENT[=NUMBER]]',
    words: { most: 1 },
    completes: 'component',
    options: waitOptions,
    details: [
      'Without a number, one more. Deploys keep the number, as long as the scaling_policy allows it.',
    ],
    examples: ['swarm scaleup webapp', 'swarm scaleup webapp=6'],
    load: async () => (await import('./scale.ts')).scaleup,
  },
  {
    ...changes,
    name: 'scaledown',
    summary: 'Ends instances of a component, within its scaling_policy.',
    takes: '[COMPONENT[=NUMBER]]',
    words: { most: 1 },
    completes: 'component',
    options: waitOptions,
    examples: ['swarm scaledown webapp=2'],
    load: async () => (await import('./scale.ts')).scaledown,
  },
  {
    ...changes,
    name: 'start',
    summary: 'Starts what was stopped, as its release has it.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    options: waitOptions,
    examples: ['swarm start', 'swarm start worker'],
    load: async () => (await import('./start.ts')).start,
  },
  {
    ...changes,
    name: 'restart',
    summary: 'Replaces all instances of components by equal ones, as an update does.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    options: waitOptions,
    examples: ['swarm restart webapp'],
    load: async () => (await import('./restart.ts')).restart,
  },
  {
    ...changes,
    name: 'stop',
    summary: 'Ends all instances of components, or of the app; nothing is removed.',
    takes: '[COMPONENT...]',
    words: { most: 100 },
    completes: 'component',
    options: waitOptions,
    examples: ['swarm stop worker', 'swarm stop --yes'],
    load: async () => (await import('./stop.ts')).stop,
  },
  {
    ...changes,
    name: 'run',
    summary: 'Runs a component once, shows what it writes, and ends with its exit code.',
    takes: 'COMPONENT [-- ARGUMENT...]',
    words: { most: 1 },
    completes: 'component',
    takesCommand: true,
    options: {
      due: { type: 'boolean', about: 'Runs every component whose `schedule` has a time in this minute.' },
      within: {
        type: 'string',
        takes: 'MINUTES',
        about: 'With --due: of the last so many minutes. 1 unless given.',
      },
      timeout: {
        type: 'string',
        takes: 'SECONDS',
        about: 'How long it may take until it runs. 600 unless given.',
      },
    },
    details: [
      'It is a job of the swarm with the image, secrets, networks and limits that the component has in the release that ' +
        'runs. What follows `--` stands in place of its `args`.',
      'A swarm has no clock of its own for jobs: let a timer of some machine run `swarm run --due` every minute.',
    ],
    examples: ['swarm run backup', 'swarm run webapp -- node app/check.ts', 'swarm run --due'],
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'releases',
    summary: 'Lists the kept releases and the canaries between them, newest first.',
    examples: ['swarm releases', 'swarm releases --json'],
    reads: true,
    changes: false,
    prints: true,
    load: async () => (await import('./releases.ts')).releases,
  },
  {
    ...changes,
    name: 'secrets set',
    summary: 'Gives a secret a content, from standard input or a file.',
    takes: 'NAME',
    words: { least: 1 },
    options: {
      from: { type: 'string', takes: 'FILE', about: 'The file that holds it, instead of standard input.' },
    },
    details: [
      'What runs keeps the content of before until the next `swarm up`, which rolls it out like any change.',
    ],
    examples: [
      'swarm secrets set mail_url < mail_url.txt',
      'openssl rand -hex 32 | swarm secrets set session_secrets',
    ],
    load: async () => (await import('./secrets-set.ts')).secretsSet,
  },
  {
    name: 'secrets list',
    summary: 'Lists the secrets that the app needs, and which are set.',
    examples: ['swarm secrets list'],
    reads: true,
    changes: false,
    prints: true,
    load: async () => (await import('./secrets-list.ts')).secretsList,
  },
  {
    ...changes,
    name: 'secrets rm',
    summary: 'Removes a secret that no component uses any more.',
    takes: 'NAME',
    words: { least: 1 },
    examples: ['swarm secrets rm old_token --yes'],
    load: async () => (await import('./secrets-rm.ts')).secretsRm,
  },
  {
    ...changes,
    name: 'prune',
    summary: 'Removes what no kept release needs: secrets, configs, networks, and images on every node.',
    options: { ...lockOptions, 'no-images': { type: 'boolean', about: 'Leaves the images on the nodes.' } },
    details: [
      'Images are removed by a job on every node, and only those of repositories that the kept releases name; never one ' +
        'that a kept release of any app needs. Ended containers of those that go are removed with them. Volumes stay.',
    ],
    examples: ['swarm prune', 'swarm prune --no-images'],
    load: async () => (await import('./prune.ts')).prune,
  },
  {
    ...changes,
    name: 'delete',
    summary: 'Removes the app from the swarm, and waits until it is gone. Volumes stay on their nodes.',
    options: {
      ...waitOptions,
      'keep-secrets': { type: 'boolean', about: 'Leaves the secrets for the next `swarm up`.' },
    },
    examples: ['swarm --env dogfood/staging delete', 'swarm delete --keep-secrets --yes'],
    load: async () => (await import('./delete.ts')).deleteVerb,
  },
]
