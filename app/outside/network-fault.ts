import { OutsideError, type OutsideFault, type OutsideSystem } from './outside-error.ts'

// What undici's parser calls an answer that is no HTTP, or longer than it says or may be.
const garbled = /^(HPE_|UND_ERR_(RES_EXCEEDED_MAX_SIZE|RES_CONTENT_LENGTH_MISMATCH|HEADERS_OVERFLOW)$)/

/** The error of a call that got no answer, or half of one. */
export function networkFault(system: OutsideSystem, place: string, error: unknown): OutsideError {
  const { name, code = '' } = error as { name?: string; code?: string | number }
  const [fault, what] = describe(name, String(code))
  const advice =
    fault === 'unreachable' ? `: see whether ${system.toUpperCase()}_URL is right and answers` : ''
  return new OutsideError(system, fault, `${place} ${what}${advice}`, { cause: error })
}

function describe(name: string | undefined, code: string): [OutsideFault, string] {
  if (name === 'TimeoutError') return ['slow', 'got no answer in time']
  if (garbled.test(code)) return ['surprising', `got an answer that cannot be read (${code})`]
  return ['unreachable', `got no connection, or lost it (${code || name})`]
}
