import { either, listOf } from './collections.ts'
import { domains } from './domains.ts'
import { env } from './env.ts'
import { absolutePath, componentReference, image } from './names.ts'
import { objectOf } from './objects.ts'
import { ownKeys } from './own.ts'
import { ports } from './ports.ts'
import { program } from './program.ts'
import { choice, flag, size, wholeNumber } from './scalars.ts'
import type { Keys } from './shape.ts'

export const scale = objectOf(
  {
    min: {
      shape: wholeNumber(1),
      of: 'both',
      meaning: 'Instances of the first deploy, and never fewer.',
      fallbackWords: '1',
    },
    max: {
      shape: wholeNumber(1),
      of: 'both',
      meaning: 'Never more instances.',
      fallbackWords: '`min`, and at least 1',
    },
    placement: {
      shape: choice('simple', 'one-per-machine'),
      of: 'both',
      meaning: '`one-per-machine`: no two instances on one machine.',
      fallbackWords: '`simple`',
    },
  },
  'an object with `min` and `max`',
)

const volume = objectOf(
  {
    path: { shape: absolutePath, of: 'both', meaning: 'Where the component sees the volume.' },
    size: { shape: size('GB'), of: 'both', meaning: 'Wanted size; without unit in GB.' },
    shared: {
      shape: flag,
      of: 'both',
      meaning: 'All instances have the same one; without it, each node has its own.',
      fallback: false,
    },
    'volumes-from': {
      shape: componentReference,
      of: 'both',
      meaning: 'A component of the same pod: all its volumes, at the same paths.',
    },
    'volume-from': {
      shape: componentReference,
      of: 'both',
      meaning: 'A component of the same pod: the one volume `volume-path`.',
    },
    'volume-path': {
      shape: absolutePath,
      of: 'both',
      meaning: 'Path of that volume in the other component; here, too, unless there is a `path`.',
    },
  },
  'an object with `path` and `size`',
)

/** What components of both formats have. */
export const componentKeys = {
  ports: {
    shape: ports,
    of: 'both',
    meaning: 'Ports it listens on, such as `8000` or `"53/udp"`. Only they can be reached.',
    fallback: [],
  },
  env: {
    shape: env,
    of: 'both',
    meaning: 'Environment variables, as an object or a list of `"NAME=value"`.',
    fallback: [],
  },
  domains: {
    shape: domains,
    of: 'both',
    meaning:
      'Domains and the port that answers for each. It is published as 80, or as the domain says: `"example.com:443"`.',
    fallback: [],
  },
  volumes: {
    shape: listOf(either(absolutePath, volume), 'a list of volumes'),
    of: 'both',
    meaning: 'Folders that outlive an instance.',
    fallback: [],
  },
  entrypoint: {
    shape: program,
    of: 'both',
    meaning: 'Program to run instead of that of the image.',
    fallbackWords: 'that of the image',
  },
  args: {
    shape: program,
    of: 'both',
    meaning: 'Arguments instead of those of the image.',
    fallbackWords: 'those of the image',
  },
  ...ownKeys,
} as const satisfies Keys

export const imageKey = { shape: image, of: 'both', meaning: 'Image to run, with its tag.' } as const

export const balancerKey = {
  shape: image,
  of: 'own',
  meaning:
    'Image of its balancers, built from `haproxy/`, for components with a `path` of `health`. It asks each instance for `/`, too, which has to answer below 400.',
  fallbackWords: 'a plain HAProxy that the kit configures',
} as const
