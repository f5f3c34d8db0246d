import type { Response } from 'express'
import { codeOf, type ErrorCode, statusOf } from '../errors.ts'
import { notStored, type Problem, tooOften } from './form-problem.ts'

/** Why a form goes back to its visitor, and when it may be sent again. */
export interface Refusal {
  readonly code: ErrorCode
  readonly problem: Problem
  readonly retrySeconds?: number
}

const storeRetrySeconds = 5

/** For who has to wait so many seconds. */
export const limited = (seconds: number): Refusal => ({
  code: 'tooMany',
  problem: tooOften(seconds),
  retrySeconds: seconds,
})

/** Undefined when it was added; throws what is no fault of the store. */
export async function refusalOf(adding: Promise<void>): Promise<Refusal | undefined> {
  try {
    await adding
    return undefined
  } catch (error) {
    if (codeOf(error) !== 'unavailable') throw error
    return { code: 'unavailable', problem: notStored, retrySeconds: storeRetrySeconds }
  }
}

/** Sends the page of a form that was not taken. */
export function sendRefusal(res: Response, { code, retrySeconds }: Refusal, html: string): void {
  if (retrySeconds !== undefined) res.set('Retry-After', String(retrySeconds))
  res.status(statusOf[code]).send(html)
}
