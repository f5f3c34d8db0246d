import { SiteError } from '../errors.ts'
import type { SignupParts } from '../signup/signup-parts.ts'
import type { HookHandlers } from '../signup-side.ts'

export function crmHookHandlers(_parts: SignupParts): HookHandlers {
  const missing = () => {
    throw new SiteError('unavailable', 'no page yet')
  }
  return {
    crmHook: missing,
  }
}
