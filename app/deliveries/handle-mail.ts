import type { Invite } from '../invites/invite.ts'
import { linkLifetimeMilliseconds, makeLinkToken } from '../invites/link-token.ts'
import { composeMail, type MailedLink } from '../mail/compose-mail.ts'
import { handInOnce } from './hand-in.ts'
import type { Handler, HandlerParts } from './handler.ts'
import type { TaskOf } from './task.ts'

const wantedState = { invite: 'invited', welcome: 'signed up' } as const

// The time of a mail is one of the store's machine or a worker's, the time of a task one of whoever added it.
const clockSkewMilliseconds = 60_000

/** Mails the link or the welcome, once, to whom it still helps. */
export function handleMail(parts: HandlerParts): Handler<'mail'> {
  const { config, invites, render, siteName } = parts
  const { publicUrl } = config
  const handIn = handInOnce(parts)

  /** Whether a link went since this one was asked for: its visitor has what they want. */
  const cameLate = async ({ mail, inviteId }: TaskOf<'mail'>, addedAt: number): Promise<boolean> =>
    mail === 'invite' && (await invites.lastMailed(inviteId)) > addedAt + clockSkewMilliseconds

  /** The same link each time, so that a mail that goes twice is the same mail; a new one when that has expired. */
  async function linkOf({ id }: TaskOf<'mail'>, invite: Invite): Promise<MailedLink | undefined> {
    const [secret = ''] = config.signupSecrets
    const wanted = makeLinkToken(secret, id, Date.now() + linkLifetimeMilliseconds)
    // Known before it is sent: mail can be quicker than the rest of this task.
    const expires = await invites.keepLink(invite.id, wanted.hash, wanted.expires)
    if (expires === undefined) return undefined
    const { token } = makeLinkToken(secret, id, expires)
    return { url: `${publicUrl}/signup?token=${token}`, expires }
  }

  return async (task, { addedAt }) => {
    if (await invites.wasMailed(task.id)) return
    const invite = await invites.find(task.inviteId)
    if (invite?.state !== wantedState[task.mail] || (await cameLate(task, addedAt))) return
    const link = task.mail === 'invite' ? await linkOf(task, invite) : undefined
    // The invite was forgotten this moment.
    if (task.mail === 'invite' && !link) return
    const words = composeMail(task.mail, { invite, link, siteName: siteName(), publicUrl }, render)
    await handIn(invite, { id: task.id, to: invite.email, ...words })
  }
}
