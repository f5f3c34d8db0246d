import { SiteError } from '../errors.ts'
import type { TopSearches } from '../search/search-side.ts'
import type { SignupParts } from '../signup/signup-parts.ts'
import type { OperatorHandlers } from '../signup-side.ts'

export function operatorHandlers(_parts: SignupParts & { topSearches: TopSearches }): OperatorHandlers {
  const missing = () => {
    throw new SiteError('unavailable', 'no page yet')
  }
  return {
    signInForm: missing,
    signIn: missing,
    operatorSignOut: missing,
    overview: missing,
    inviteNow: missing,
    exportCsv: missing,
    searches: missing,
    queue: missing,
  }
}
