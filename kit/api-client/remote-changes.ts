import type { z } from 'zod'
import type {
  abortBody,
  canaryBody,
  componentsBody,
  rollbackBody,
  scaleBody,
  splitBody,
  updateBody,
} from '../api/bodies.ts'
import { readShare, readTarget } from '../canary/options.ts'
import type { Asked } from '../cli/asked.ts'
import { usage } from '../cli/parse.ts'
import { secondsOf } from '../deploy/options.ts'

/** What the API is asked for a verb; what was typed wrongly is a Failure of usage. */
export interface RemoteChange {
  readonly method?: 'POST' | 'PUT'
  readonly path: string
  readonly bodyOf: (asked: Asked) => object
  /** It ends the app or a canary, so somebody is asked. */
  readonly question?: (asked: Asked, stack: string) => string | undefined
}

const locking = (asked: Asked) => ({
  force: asked.flag('force'),
  ...(asked.text('timeout') !== undefined && { timeout: secondsOf(asked) }),
})

const scaled = (direction: 'up' | 'down'): RemoteChange => ({
  path: '/scale',
  bodyOf(asked): z.input<typeof scaleBody> {
    const [component, number] = asked.words[0]?.split('=') ?? []
    if (number !== undefined && !/^\d+$/.test(number)) throw usage('COMPONENT=NUMBER takes a whole number.')
    return {
      ...(component && { component }),
      ...(number !== undefined && { instances: Number(number) }),
      ...{ direction, ...locking(asked) },
    }
  },
})

const components = (asked: Asked): z.input<typeof componentsBody> => ({
  components: [...asked.words],
  ...locking(asked),
})

const detach = (asked: Asked) => ({ detach: asked.flag('detach') })

const optional = (asked: Asked, options: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([member, option]) => {
      const text = asked.text(option)
      return text === undefined ? [] : [[member, text]]
    }),
  )

/** The verbs that change something, as the API has them. */
export const remoteChanges: Readonly<Record<string, RemoteChange>> = {
  scaleup: scaled('up'),
  scaledown: scaled('down'),
  start: { path: '/start', bodyOf: components },
  restart: { path: '/restart', bodyOf: components },
  stop: {
    path: '/stop',
    bodyOf: components,
    question: ({ words }, stack) =>
      words.length === 0 ? `All of ${stack} will be stopped; visitors find nothing.` : undefined,
  },
  update: {
    path: '/update',
    bodyOf(asked): object {
      const named = asked.words.map((word) => {
        const [component = '', tag] = word.split('=')
        return { component, ...(tag !== undefined && { tag }) }
      })
      const body: z.input<typeof updateBody> = { components: named, ...locking(asked) }
      return { ...body, ...optional(asked, { strategy: 'strategy' }) }
    },
  },
  rollback: {
    path: '/rollback',
    bodyOf(asked): z.input<typeof rollbackBody> {
      const [word] = asked.words
      if (word !== undefined && !/^\d+$/.test(word))
        throw usage(`"${word}" is no number of a release; \`swarm releases\` lists them.`)
      return { ...(word !== undefined && { release: Number(word) }), ...locking(asked) }
    },
  },
  'canary start': {
    path: '/canary',
    bodyOf: (asked): z.input<typeof canaryBody> => ({
      ...readTarget(asked.words[0] ?? ''),
      ...optional(asked, {
        ...{ steps: 'steps', hold: 'hold', maxErrors: 'max-errors', maxP95: 'max-p95', reason: 'reason' },
      }),
      allow: [...asked.list('allow')],
      checks: [...asked.list('check')],
      manual: asked.flag('manual'),
      ...detach(asked),
      force: asked.flag('force'),
    }),
  },
  'canary promote': {
    path: '/canary/promote',
    bodyOf: detach,
    question: (_, stack) => `The canary of ${stack} will be promoted.`,
  },
  'canary abort': {
    path: '/canary/abort',
    bodyOf: (asked): z.input<typeof abortBody> => ({
      ...optional(asked, { reason: 'reason' }),
      ...detach(asked),
    }),
    question: (_, stack) => `The canary of ${stack} will be aborted.`,
  },
  'canary pause': { path: '/canary/pause', bodyOf: () => ({}) },
  'canary resume': { path: '/canary/resume', bodyOf: () => ({}) },
  'canary set': {
    method: 'PUT',
    path: '/split',
    bodyOf: (asked): z.input<typeof splitBody> => ({ percent: readShare(asked.words[0] ?? '') }),
  },
}
