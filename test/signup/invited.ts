import { inviteId } from '../../app/invites/invite.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'
import { linkLifetimeMilliseconds, makeLinkToken } from '../../app/invites/link-token.ts'

export interface Invited {
  readonly id: string
  readonly token: string
  /** Path of the mailed link. */
  readonly link: string
}

let links = 0

/** Somebody invited, with a link that was just mailed. */
export async function invited(
  invites: InviteStore,
  secret: string,
  {
    email = 'ada@example.com',
    name = 'Ada Lovelace',
    company = '',
    expires = Date.now() + linkLifetimeMilliseconds,
  }: { email?: string; name?: string; company?: string; expires?: number } = {},
): Promise<Invited> {
  const at = new Date().toISOString()
  const id = inviteId(email)
  await invites.request({ email, name, company, purpose: '', at })
  await invites.invite(id, at)
  links += 1
  const { token, hash } = makeLinkToken(secret, `mail-${links}`, expires)
  await invites.keepLink(id, hash, expires)
  return { id, token, link: `/signup?token=${token}` }
}
