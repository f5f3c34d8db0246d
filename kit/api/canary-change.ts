import type { z } from 'zod'
import { readTerms } from '../canary/options.ts'
import type { canaryBody } from './bodies.ts'
import type { Change } from './change.ts'

/** The begin of a canary. Throws a Failure of usage for wrong terms: its task would end with it. */
export function canaryChange(body: z.infer<typeof canaryBody>): Change {
  const {
    component,
    tag,
    steps,
    hold,
    maxErrors,
    maxP95,
    allow,
    manual,
    checks: check,
    reason,
    detach,
  } = body
  readTerms({ steps, hold, maxErrors, maxP95, allow, manual, check })
  return {
    verb: 'canary start',
    words: [`${component}=${tag}`],
    options: {
      ...{ steps, hold, 'max-errors': maxErrors, 'max-p95': maxP95, allow, manual, check, reason, detach },
      force: body.force,
    },
  }
}
