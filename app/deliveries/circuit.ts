import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleType,
  type IHalfOpenAfterBackoffContext,
} from 'cockatiel'
import { OutsideError, type OutsideSystem } from '../outside/outside-error.ts'

/** The system failed too often in a row and is left alone for so long. */
export class CircuitOpen extends Error {
  override readonly name = 'CircuitOpen'
  readonly milliseconds: number
  /** This task alone is to wait: it failed lately, and leaves the next try to one that did not. */
  readonly stepsAside: boolean
  constructor(system: OutsideSystem, milliseconds: number, stepsAside = false) {
    super(`${system}: left alone after failing several times in a row`)
    this.milliseconds = milliseconds
    this.stepsAside = stepsAside
  }
}

export interface Circuit {
  /** Calls the system for a task; rejects with CircuitOpen, without a call, while the system is left alone. */
  call<T>(taskId: string, call: () => Promise<T>): Promise<T>
}

export interface CircuitOptions {
  readonly onOpen?: (milliseconds: number) => void
  readonly onClose?: () => void
  readonly firstPause?: number
  readonly longestPause?: number
}

const failuresInARow = 5
const shortestWait = 1000

/** A system that asks to wait longer is tried after this all the same (ms), by one task; the others wait as asked. */
export const longestAskedPause = 600_000

/** A failure that counts. */
class Outage extends Error {
  override readonly name = 'Outage'
}

/**
 * A circuit breaker: after five failures in a row the system is left alone for two seconds, doubling to a minute,
 * then one call tries it; if it says when to come again, it is left alone until then. A task counts once in a row of
 * failures, so that a task that alone always fails cannot keep the others waiting; for the same reason the tasks that
 * failed let the others try first, for a second. An answer that refuses the task, or tells of a limit, shows a living
 * system.
 */
export function systemCircuit(system: OutsideSystem, options: CircuitOptions = {}): Circuit {
  const { firstPause = 2000, longestPause = 60_000 } = options
  let openUntil = 0
  const failed = new Set<string>()
  const suspects = new Set<string>()
  const pauses = new DelegateBackoff<IHalfOpenAfterBackoffContext, number>(
    ({ result }, last = firstPause / 2) => {
      const state = Math.min(last * 2, longestPause)
      const delay = Math.max(state, askedPause(result))
      openUntil = Date.now() + delay
      return { delay, state }
    },
  )
  const policy = circuitBreaker(handleType(Outage), {
    halfOpenAfter: pauses,
    breaker: new ConsecutiveBreaker(failuresInARow),
  })
  policy.onSuccess(() => failed.clear())
  policy.onBreak(() => {
    failed.clear()
    options.onOpen?.(openUntil - Date.now())
  })
  policy.onReset(() => {
    suspects.clear()
    options.onClose?.()
  })

  const counts = (taskId: string, error: unknown): boolean => {
    if (failed.has(taskId) || !isOutage(error)) return false
    failed.add(taskId)
    suspects.add(taskId)
    return true
  }

  const letOthersTry = (taskId: string): void => {
    const left = openUntil + shortestWait - Date.now()
    if (policy.state === CircuitState.Open && suspects.has(taskId) && left > 0) {
      throw new CircuitOpen(system, left, true)
    }
  }

  return {
    async call(taskId, call) {
      // cockatiel would let it wait for the call that tries the system, longer than an invite can be held.
      if (policy.state === CircuitState.HalfOpen) throw new CircuitOpen(system, shortestWait)
      letOthersTry(taskId)
      try {
        const result = await policy.execute(async () => {
          try {
            return { value: await call() }
          } catch (error) {
            if (isRefusal(error)) return { error }
            throw counts(taskId, error) ? new Outage('', { cause: error }) : error
          }
        })
        if ('error' in result) throw result.error
        return result.value
      } catch (error) {
        if (error instanceof Outage) throw error.cause
        if (!(error instanceof BrokenCircuitError)) throw error
        throw new CircuitOpen(system, Math.max(openUntil - Date.now(), shortestWait))
      }
    },
  }
}

const isRefusal = (error: unknown): boolean => error instanceof OutsideError && error.fault === 'refused'

function isOutage(error: unknown): boolean {
  if (!(error instanceof OutsideError) || error.fault === 'refused' || error.limitsCalls) return false
  return error.fault !== 'busy' || error.retryAfterSeconds !== undefined
}

function askedPause(result: IHalfOpenAfterBackoffContext['result']): number {
  const cause = 'error' in result && result.error instanceof Outage ? result.error.cause : undefined
  const seconds = cause instanceof OutsideError ? (cause.retryAfterSeconds ?? 0) : 0
  return Math.min(seconds * 1000, longestAskedPause)
}
