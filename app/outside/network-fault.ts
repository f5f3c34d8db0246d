import { OutsideError, type OutsideFault, type OutsideSystem } from './outside-error.ts'

// An answer that is no HTTP, or longer than it says or may be.
const garbled = [
  'HTTPParserError',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_HEADERS_OVERFLOW',
]

/** The error of a call that got no answer, or half of one. */
export function networkFault(system: OutsideSystem, place: string, error: unknown): OutsideError {
  const { name, code } = error as { name?: string; code?: string }
  const [fault, what] = name === 'TimeoutError' ? timedOut : describe(code || name || 'no reason')
  const advice =
    fault === 'unreachable' ? `: see whether ${system.toUpperCase()}_URL is right and answers` : ''
  return new OutsideError(system, fault, `${place} ${what}${advice}`, { cause: error })
}

const timedOut = ['slow', 'got no answer in time'] as const

const describe = (reason: string): readonly [OutsideFault, string] =>
  garbled.includes(reason)
    ? ['surprising', `got an answer that cannot be read (${reason})`]
    : ['unreachable', `got no connection, or lost it (${reason})`]
