import { OutsideError, type OutsideFault, type OutsideSystem } from './outside-error.ts'
import { retryAfterSeconds } from './retry-after.ts'

export interface UnwantedAnswer {
  readonly system: OutsideSystem
  /** Method and path pattern, without what stands in the path for a person. */
  readonly place: string
  readonly status: number
  readonly retryAfter: unknown
  /** What an operator can do when the system refuses the call for good. */
  readonly whenRefused?: string | undefined
}

const tooManyRequests = 429

// A conflict and a lock end with the other call that has the record; 425 asks for the same call later.
const healing: Readonly<Record<number, OutsideFault>> = {
  401: 'failing',
  403: 'failing',
  408: 'slow',
  409: 'busy',
  423: 'busy',
  425: 'slow',
  [tooManyRequests]: 'busy',
}

/** The error that an answer amounts to which is not one that the caller waits for. */
export function answerFault({
  system,
  place,
  status,
  retryAfter,
  whenRefused,
}: UnwantedAnswer): OutsideError {
  const wait = retryAfterSeconds(retryAfter)
  const fault = faultOf(status, wait !== undefined)
  const advice = adviceOn(system, status, fault, whenRefused)
  return new OutsideError(system, fault, `${place} answered ${status}${advice}`, {
    retryAfterSeconds: wait,
    limitsCalls: status === tooManyRequests,
  })
}

function faultOf(status: number, saysWhen: boolean): OutsideFault {
  if (status < 400) return 'surprising'
  // Who says when to come again does not refuse: HubSpot does so with 477 too, while it moves an account.
  if (saysWhen) return 'busy'
  return healing[status] ?? (status >= 500 ? 'failing' : 'refused')
}

function adviceOn(system: OutsideSystem, status: number, fault: OutsideFault, whenRefused?: string): string {
  const name = system.toUpperCase()
  if (status === 401 || status === 403)
    return `: renew ${name}_TOKEN, or give it the rights that this call needs`
  if (fault === 'surprising') return `, which its API does not describe: see whether ${name}_URL is right`
  return fault === 'refused' && whenRefused ? `: ${whenRefused}` : ''
}
