import type { Options } from '../cli/verb.ts'

/** Of verbs that take the lock. */
export const lockOptions = {
  force: { type: 'boolean', about: 'Takes over the lock that a deploy left behind.' },
} as const satisfies Options

/** Of verbs that wait, too. */
export const waitOptions = {
  ...lockOptions,
  timeout: {
    type: 'string',
    takes: 'SECONDS',
    about: 'How long a step may take, the pull of images included. 600 unless given.',
  },
} as const satisfies Options
