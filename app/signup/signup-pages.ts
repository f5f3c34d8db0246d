import { SiteError } from '../errors.ts'
import type { StepHandlers } from '../signup-side.ts'
import type { SignupParts } from './signup-parts.ts'

export function stepHandlers(_parts: SignupParts): StepHandlers {
  const missing = () => {
    throw new SiteError('unavailable', 'no page yet')
  }
  return {
    arrive: missing,
    begin: missing,
    workspace: missing,
    chooseWorkspace: missing,
    account: missing,
    createAccount: missing,
    welcome: missing,
    signOut: missing,
  }
}
