import type { Asked } from '../cli/asked.ts'
import { usage } from '../cli/parse.ts'
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

const SECONDS = 600

/** What --timeout says, in seconds. Throws a Failure of usage where it is no number above 0. */
export function secondsOf(asked: Asked): number {
  const seconds = Number(asked.text('timeout') ?? SECONDS)
  if (seconds > 0) return seconds
  throw usage('--timeout takes seconds.')
}
