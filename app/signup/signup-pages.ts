import type { SignupParts } from '../signup-parts.ts'
import type { StepHandlers } from '../signup-side.ts'
import { accountHandlers } from './account-step.ts'
import { arriveHandlers } from './arrive.ts'
import { showPageOf } from './step-page.ts'
import { welcomeHandlers } from './welcome.ts'
import { workspaceHandlers } from './workspace-step.ts'

/** The steps from the mailed link to the account. All that they keep is in the session, so any instance can go on. */
export function stepHandlers(parts: SignupParts): StepHandlers {
  const show = showPageOf(parts.site)
  return {
    ...arriveHandlers(parts, show),
    ...workspaceHandlers(parts, show),
    ...accountHandlers(parts, show),
    ...welcomeHandlers(show),
  }
}
