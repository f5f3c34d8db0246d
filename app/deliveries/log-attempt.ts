import type { Log } from '../logging/log.ts'
import { OutsideError } from '../outside/outside-error.ts'
import type { QueueName } from './task.ts'
import type { Attempt, Step } from './task-queue.ts'

export interface Attempted extends Attempt {
  readonly queue: QueueName
  readonly step: Step
  readonly error: unknown
  readonly milliseconds: number
}

const levels = { done: 'info', retry: 'warn', 'give up': 'error', 'put off': 'debug', wait: 'debug' } as const
const words = {
  done: 'delivered',
  retry: 'failed, to be tried again',
  'give up': 'given up',
  'put off': 'put off',
  wait: 'waits',
} as const

/** One line an attempt: which task it was and what became of it, never whom it is about. */
export function logAttempt(log: Log, attempted: Attempted): void {
  const { queue, task, attempt, step, error, milliseconds } = attempted
  const line = { queue, task: task.kind, id: task.id, attempt, milliseconds: Math.round(milliseconds) }
  const why = 'reason' in step ? { reason: step.reason } : {}
  const again = 'milliseconds' in step ? { againMilliseconds: Math.round(step.milliseconds) } : {}
  const fault = error instanceof OutsideError ? { fault: error.fault } : {}
  log[levels[step.next]]({ ...line, ...again, ...why, ...fault, ...stackOf(error) }, words[step.next])
}

/** Errors of outside systems and of the store tell all in a sentence; what else goes wrong is a fault of the program. */
const spoken: readonly string[] = [
  'OutsideError',
  'SiteError',
  'CircuitOpen',
  'HeldByAnother',
  'NotYet',
  'NeedsOperator',
]
const stackOf = (error: unknown): { err?: unknown } =>
  error === undefined || (error instanceof Error && spoken.includes(error.name)) ? {} : { err: error }
