import { isScalar } from '../json/nodes.ts'
import { listOf, type Named, readEntries } from './collections.ts'
import { balancerKey, componentKeys, imageKey, scale } from './component.ts'
import { alias, componentReference, plainName, treeName } from './names.ts'
import { type ObjectValue, objectOf } from './objects.ts'
import { port } from './ports.ts'
import { choice, flag, size } from './scalars.ts'
import type { Keys, Shape } from './shape.ts'

const link = objectOf(
  {
    component: {
      shape: componentReference,
      of: 'second',
      meaning: 'Component that is needed, by its whole name.',
      also: ['node'],
    },
    service: { shape: plainName, of: 'second', meaning: 'Instead of a component: another app, by its name.' },
    target_port: {
      shape: port,
      of: 'second',
      required: true,
      meaning: 'Its port; one of its `ports`, or of those it exposes.',
    },
    alias: {
      shape: alias,
      of: 'second',
      meaning: 'Host name under which this component finds it.',
      fallbackWords: 'the last part of its name',
    },
  },
  'an object with `component` and `target_port`',
)

const expose = objectOf(
  {
    port: { shape: port, of: 'second', required: true, meaning: 'Port under which others ask.' },
    component: {
      shape: componentReference,
      of: 'second',
      meaning: 'Which of its children answers.',
      fallbackWords: 'itself',
      also: ['node'],
    },
    target_port: {
      shape: port,
      of: 'second',
      meaning: 'On which port that one listens.',
      fallbackWords: '`port`',
    },
  },
  'an object with `port`, and `component` and `target_port` where they differ',
)

const secondComponentKeys = {
  image: {
    ...imageKey,
    meaning: 'Image to run, with its tag; a name without one only holds its children together.',
  },
  links: {
    shape: listOf(link, 'a list of links', 'component'),
    of: 'second',
    meaning:
      'Components it needs: each gives it a host name and link variables, and nothing else can be reached.',
    fallback: [],
  },
  expose: {
    shape: listOf(expose, 'a list of ports and who answers'),
    of: 'second',
    meaning: 'Ports under which a parent answers through its children.',
    fallback: [],
  },
  scale: { shape: scale, of: 'second', meaning: 'How many instances run.', fallbackWords: 'one instance' },
  pod: {
    shape: choice('none', 'children', 'inherit'),
    of: 'second',
    meaning:
      'Whether its children run on one machine, and with `inherit` theirs too; `none` leaves a child out.',
    fallbackWords: 'that of its parent',
  },
  'signal-ready': {
    shape: flag,
    of: 'second',
    meaning: 'Accepted, and without effect: `health` says when an instance is ready.',
    fallback: false,
  },
  'memory-limit': {
    shape: size('bytes'),
    of: 'second',
    meaning: 'The same as `memory` of `limits`.',
  },
  ...componentKeys,
} as const satisfies Keys

export const secondComponent = objectOf(secondComponentKeys, 'an object with `image`')

export type SecondComponent = ObjectValue<typeof secondComponentKeys>
const treeWords = 'an object of names and components'

const tree: Shape<readonly Named<SecondComponent>[]> = {
  words: treeWords,
  schema: { type: 'object', propertyNames: treeName.schema, additionalProperties: secondComponent.schema },
  keys: secondComponentKeys,
  read(node, at) {
    if (node.kind !== 'object') return at.refuse(node, treeWords)
    for (const { key } of node.entries)
      if (isScalar(key) && !key.undefined) treeName.read(key, at.child(key.text))
    return readEntries(node, at, secondComponent)
  },
}

/** swarm.json as Giant Swarm had it from July 2015. */
export const secondFormat = objectOf(
  {
    name: {
      shape: plainName,
      of: 'second',
      meaning: 'Name of the app.',
      fallbackWords: 'that of its folder',
    },
    components: {
      shape: tree,
      of: 'second',
      required: true,
      meaning: 'What the app consists of: names, with `/` between parent and child, and components.',
      fallback: [],
      also: ['nodes'],
    },
    balancer: balancerKey,
  },
  'an object with `components`',
)
