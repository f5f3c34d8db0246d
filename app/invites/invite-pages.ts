import type { SignupParts } from '../signup-parts.ts'
import type { InviteHandlers } from '../signup-side.ts'
import { linkPages } from './link-pages.ts'
import { requestPages } from './request-pages.ts'

/** The pages before there is a link: they know no session, set no cookie, and say the same to everybody. */
export const inviteHandlers = (parts: SignupParts): InviteHandlers => ({
  ...requestPages(parts),
  ...linkPages(parts),
})
