import { listOf } from './collections.ts'
import { balancerKey, componentKeys, imageKey, scale } from './component.ts'
import { alias, componentReference, plainName, podName } from './names.ts'
import { type ObjectValue, objectOf } from './objects.ts'
import { port } from './ports.ts'
import { flag } from './scalars.ts'
import type { Keys } from './shape.ts'

const dependency = objectOf(
  {
    name: {
      shape: componentReference,
      of: 'first',
      meaning: 'Component that is needed: `component`, or `service/component`.',
    },
    port: { shape: port, of: 'first', required: true, meaning: 'Its port; one of its `ports`.' },
    target_port: {
      shape: port,
      of: 'own',
      meaning: 'The port it listens on, where this component asks for another.',
      fallbackWords: '`port`',
    },
    app: { shape: plainName, of: 'own', meaning: 'Instead of `name`: another app, by its name.' },
    alias: {
      shape: alias,
      of: 'first',
      meaning: 'Host name under which this component finds it.',
      fallbackWords: 'its name',
    },
    env: {
      shape: flag,
      of: 'own',
      meaning: 'Whether it gets the variables of that one, too, as `<ALIAS>_ENV_<NAME>`.',
      fallback: true,
    },
    same_machine: {
      shape: flag,
      of: 'first',
      meaning: 'Both run on one machine.',
      fallback: false,
    },
  },
  'an object with `name` and `port`',
)

const scaling = {
  shape: scale,
  of: 'first',
  meaning: 'How many instances run; that of a service is for all its components.',
  fallbackWords: 'one instance',
} as const

const firstComponentKeys = {
  component_name: { shape: plainName, of: 'first', required: true, meaning: 'Name, unique in its service.' },
  image: { ...imageKey, required: true },
  dependencies: {
    shape: listOf(dependency, 'a list of dependencies', 'name'),
    of: 'first',
    meaning:
      'Components it needs: each gives it a host name and link variables, and nothing else can be reached.',
    fallback: [],
  },
  scaling_policy: scaling,
  pod: {
    shape: podName,
    of: 'first',
    meaning: 'Components of a service that name the same pod run on one machine.',
  },
  ...componentKeys,
} as const satisfies Keys

export const firstComponent = objectOf(firstComponentKeys, 'an object with `component_name` and `image`')

const firstService = objectOf(
  {
    service_name: { shape: plainName, of: 'first', required: true, meaning: 'Name, unique in the app.' },
    components: {
      shape: listOf(firstComponent, 'a list of components', 'component_name'),
      of: 'first',
      required: true,
      meaning: 'What the service consists of.',
      fallback: [],
    },
    scaling_policy: scaling,
  },
  'an object with `service_name` and `components`',
)

/** swarm.json as the kit writes it, and Giant Swarm had it at first. */
export const firstFormat = objectOf(
  {
    app_name: { shape: plainName, of: 'first', required: true, meaning: 'Name of the app.' },
    services: {
      shape: listOf(firstService, 'a list of services', 'service_name'),
      of: 'first',
      required: true,
      meaning: 'What the app consists of.',
      fallback: [],
    },
    balancer: balancerKey,
  },
  'an object with `app_name` and `services`',
)

export type FirstComponent = ObjectValue<typeof firstComponentKeys>
