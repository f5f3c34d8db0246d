import { SiteError } from '../errors.ts'
import type { SignupParts } from '../signup/signup-parts.ts'
import type { InviteHandlers } from '../signup-side.ts'

export function inviteHandlers(_parts: SignupParts): InviteHandlers {
  const missing = () => {
    throw new SiteError('unavailable', 'no page yet')
  }
  return {
    inviteForm: missing,
    requestInvite: missing,
    inviteThanks: missing,
    linkForm: missing,
    askForLink: missing,
    linkAsked: missing,
  }
}
