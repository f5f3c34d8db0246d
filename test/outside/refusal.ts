import assert from 'node:assert/strict'
import { OutsideError } from '../../app/outside/outside-error.ts'

/** The OutsideError that a call rejects with. */
export async function refusalOf(call: Promise<unknown>): Promise<OutsideError> {
  const outcome = await call.then(
    () => 'it was answered',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof OutsideError, `expected an OutsideError, got ${outcome}`)
  return outcome
}
