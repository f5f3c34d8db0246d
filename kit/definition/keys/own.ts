import { type Label, strategies } from '../model.ts'
import { either, listOf, mapOf, type Named } from './collections.ts'
import { absolutePath, secretName } from './names.ts'
import { objectOf } from './objects.ts'
import { port } from './ports.ts'
import { healthCommand } from './program.ts'
import { choice, cores, duration, filled, flag, matching, size, text, wholeNumber } from './scalars.ts'
import { schedule } from './schedule.ts'
import type { Keys, Shape } from './shape.ts'

const mode = matching('permissions such as "0440"', '0?[0-7]{3}')

const health = objectOf(
  {
    command: {
      shape: healthCommand,
      of: 'own',
      meaning: 'Run in the container; healthy when it ends with 0.',
    },
    path: {
      shape: absolutePath,
      of: 'own',
      meaning: 'What the balancer asks each instance for; good is a status from 200 to 399.',
    },
    port: { shape: port, of: 'own', meaning: 'Where it asks.', fallbackWords: 'the first of `ports`' },
    interval: { shape: duration, of: 'own', meaning: 'Time between two tests.', fallback: 10 },
    timeout: { shape: duration, of: 'own', meaning: 'A test that takes longer has failed.', fallback: 3 },
    retries: {
      shape: wholeNumber(1),
      of: 'own',
      meaning: 'So many failures in a row are unhealthy.',
      fallback: 3,
    },
    start_period: {
      shape: duration,
      of: 'own',
      meaning: 'So long after its start an instance may fail its tests.',
      fallback: 60,
    },
    start_interval: {
      shape: duration,
      of: 'own',
      meaning: 'Time between two tests while it starts.',
      fallback: 0.5,
    },
  },
  'an object that says how to test it',
)

const secret = objectOf(
  {
    name: { shape: secretName, of: 'own', required: true, meaning: 'The secret, as `swarm secrets` has it.' },
    target: {
      shape: filled('the name of a file'),
      of: 'own',
      meaning: 'Its file below /run/secrets.',
      fallbackWords: 'the name',
    },
    mode: { shape: mode, of: 'own', meaning: 'Permissions of the file.', fallback: '0444' },
  },
  'an object with its name',
)

const config = objectOf(
  {
    file: {
      shape: filled('a path'),
      of: 'own',
      required: true,
      meaning: 'The file, from the folder of swarm.json.',
    },
    target: { shape: absolutePath, of: 'own', required: true, meaning: 'Where the component finds it.' },
    mode: { shape: mode, of: 'own', meaning: 'Permissions of the file.', fallback: '0444' },
  },
  'an object with `file` and `target`',
)

type Configs = readonly Named<string>[] | NonNullable<ReturnType<typeof configList.read>>
const configList = listOf(config, 'a list of files')
const configMap = mapOf(filled('the path of a file'), 'an object of targets and their files')
const configs: Shape<Configs> = {
  words: `${configMap.words}, or ${configList.words}`,
  schema: { anyOf: [configMap.schema, configList.schema] },
  keys: configList.keys ?? {},
  read: (node, at) => (node.kind === 'object' ? configMap.read(node, at) : configList.read(node, at)),
}

const limits = objectOf(
  {
    cpus: { shape: cores, of: 'own', meaning: 'Cores; 0.5 is half of one.' },
    memory: { shape: size('bytes'), of: 'own', meaning: 'Memory; beyond it the instance is ended.' },
    pids: { shape: wholeNumber(1), of: 'own', meaning: 'Processes and threads.' },
  },
  'an object with `cpus`, `memory` or `pids`',
)

const placementModes = choice('simple', 'one-per-machine', 'global')
const labels: Shape<readonly Label[]> = mapOf(text, 'an object of labels and values')
const placement = objectOf(
  {
    mode: {
      shape: placementModes,
      of: 'own',
      meaning: '`global` is one on every machine; `one-per-machine` is never two on one.',
      fallback: 'simple',
    },
    labels: { shape: labels, of: 'own', meaning: 'Labels that a node must have.' },
  },
  'an object with `mode` or `labels`',
)

const strategy = choice(...strategies)
const update = objectOf(
  {
    strategy: {
      shape: strategy,
      of: 'own',
      meaning:
        'One instance after the other; or all at once, with a gap; or all new ones beside the old, then the change.',
      fallback: 'one-by-one',
    },
    parallelism: {
      shape: wholeNumber(1),
      of: 'own',
      meaning: 'How many change at once, of `one-by-one`.',
      fallback: 1,
    },
    delay: { shape: duration, of: 'own', meaning: 'Time between one and the next.', fallback: 0 },
    monitor: {
      shape: duration,
      of: 'own',
      meaning: 'So long a new instance is watched; one that fails meanwhile takes the update back.',
      fallback: 5,
    },
  },
  'an object that says how it is updated',
)

const folderSize = mapOf(size('bytes'), 'an object of folders and sizes')
const folders = listOf(absolutePath, 'a list of folders')
const tmpfs: Shape<readonly (string | Named<number>)[]> = {
  words: `${folderSize.words}, or ${folders.words}`,
  schema: { anyOf: [folderSize.schema, folders.schema] },
  read: (node, at) => (node.kind === 'object' ? folderSize.read(node, at) : folders.read(node, at)),
}

/** What Giant Swarm did not have, and a Swarm needs. */
export const ownKeys = {
  health: {
    shape: either(choice('none'), health),
    of: 'own',
    meaning: 'How to find out whether an instance serves; `none` turns off the test of the image.',
    fallbackWords: 'the test of the image',
  },
  secrets: {
    shape: listOf(either(secretName, secret), 'a list of names of secrets'),
    of: 'own',
    meaning: 'Secrets that it may read, each as a file /run/secrets/NAME.',
    fallback: [],
  },
  configs: {
    shape: configs,
    of: 'own',
    meaning: 'Files beside swarm.json that it finds at a path: `{"/etc/app.conf": "conf/app.conf"}`.',
    fallback: [],
  },
  limits: {
    shape: limits,
    of: 'own',
    meaning: 'What an instance may use at most.',
    fallbackWords: 'no limits',
  },
  placement: {
    shape: either(placementModes, placement),
    of: 'own',
    meaning: 'On which machines it runs.',
    fallback: 'simple',
  },
  update: {
    shape: either(strategy, update),
    of: 'own',
    meaning: 'How a new version takes over.',
    fallback: 'one-by-one',
  },
  drain: {
    shape: duration,
    of: 'own',
    meaning: 'How long an instance may take to finish what is under way, once it is told to stop.',
    fallbackWords: '10s',
  },
  schedule: {
    shape: schedule,
    of: 'own',
    meaning:
      'When it runs, if it is not kept running: times in UTC as cron has them, or `manual` for `swarm run`.',
    fallbackWords: 'it is kept running',
  },
  contained: {
    shape: flag,
    of: 'own',
    meaning: 'Its root file system is read-only, and it has no capabilities and can gain none.',
    fallback: false,
  },
  outside: {
    shape: flag,
    of: 'own',
    meaning:
      'It reaches what lies outside of the app, such as the internet; without it, only its dependencies.',
    fallback: true,
  },
  control: {
    shape: flag,
    of: 'own',
    meaning:
      'It controls the app: it runs on managers with the socket of their engine, and tells the balancers who gets a canary.',
    fallback: false,
  },
  tmpfs: {
    shape: tmpfs,
    of: 'own',
    meaning: 'Folders in memory, with their sizes: `{"/tmp": "16m"}`.',
    fallback: [],
  },
} as const satisfies Keys
