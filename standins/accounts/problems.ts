import type { z } from 'zod'
import type { Answer } from '../answer.ts'
import type { FaultAnswers } from '../faults/api-faults.ts'

const problem = (status: number, code: string, title: string, more: object = {}): Answer => ({
  status,
  type: 'application/problem+json',
  body: { type: 'about:blank', title, status, code, ...more },
})

export const malformed = (title: string): Answer => problem(400, 'malformed', title)

export const unauthorized = (): Answer => ({
  ...problem(401, 'unauthorized', 'The token is missing or wrong'),
  headers: { 'www-authenticate': 'Bearer' },
})

export const notFound = (title: string): Answer => problem(404, 'not_found', title)

export const workspaceTaken = (): Answer =>
  problem(409, 'workspace_taken', 'Somebody has a workspace of this name')

export const emailTaken = (): Answer => problem(409, 'email_taken', 'This e-mail address has an account')

export const tooLarge = (): Answer => problem(413, 'too_large', 'The body is longer than 16 KB')

/** @param name of the value, where the value itself is what was checked. */
export const invalid = ({ issues }: z.ZodError, name?: string): Answer =>
  problem(422, 'invalid', 'Something in the request is not of its form', {
    errors: issues.map(({ message, path }) => ({
      detail: message,
      pointer: `#/${[...(name ? [name] : []), ...path].join('/')}`,
    })),
  })

export const faultAnswers: FaultAnswers = {
  failing: () => problem(503, 'unavailable', 'The account system cannot answer now'),
  tooMany: () => ({ ...problem(429, 'rate_limited', 'Too many calls'), headers: { 'retry-after': '2' } }),
  unknownFault: () => malformed('The stand-in has no fault of this name'),
}
