import { randomUUID } from 'node:crypto'
import type { Answer } from '../answer.ts'
import type { FaultAnswers } from '../faults/api-faults.ts'

// The bodies of HubSpot's errors: https://developers.hubspot.com/docs/api-reference/error-handling
const error = (status: number, category: string, message: string, more: object = {}): Answer => ({
  status,
  body: { status: 'error', message, correlationId: randomUUID(), category, ...more },
})

export const invalid = (message: string): Answer => error(400, 'VALIDATION_ERROR', message)

export interface InvalidProperty {
  readonly name: string
  readonly error: 'INVALID_EMAIL' | 'PROPERTY_DOESNT_EXIST'
  readonly message: string
}

export const invalidProperties = (faults: readonly InvalidProperty[]): Answer =>
  invalid(
    `Property values were not valid: ${JSON.stringify(faults.map((fault) => ({ isValid: false, ...fault })))}`,
  )

export const unauthorized = (): Answer =>
  error(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found. The token is missing or wrong.')

export const notFound = (id: string): Answer =>
  error(404, 'OBJECT_NOT_FOUND', 'Object not found.  objectId are usually numeric.', {
    context: { id: [id] },
  })

export const noSuchResource = (): Answer => error(404, 'NOT_FOUND', 'resource not found')

export const conflict = (id: string): Answer =>
  error(409, 'CONFLICT', `Contact already exists. Existing ID: ${id}`)

export const faultAnswers: FaultAnswers = {
  failing: () => error(500, 'INTERNAL_ERROR', 'internal error'),
  unknownFault: () => invalid('The stand-in has no fault of this name'),
  tooMany: () => ({
    status: 429,
    headers: { 'retry-after': '2' },
    // Of all errors this one has an errorType in place of a category.
    body: {
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      correlationId: randomUUID(),
      policyName: 'TEN_SECONDLY_ROLLING',
    },
  }),
}
