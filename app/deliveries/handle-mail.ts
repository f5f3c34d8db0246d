import type { Invite } from '../invites/invite.ts'
import { linkLifetimeMilliseconds, makeLinkToken } from '../invites/link-token.ts'
import { composeMail } from '../mail/compose-mail.ts'
import type { Handler, HandlerParts } from './handler.ts'
import type { TaskOf } from './task.ts'

const wantedState = { invite: 'invited', welcome: 'signed up' } as const

/** Mails the link or the welcome, once, to whom it still helps. */
export function handleMail(parts: HandlerParts): Handler<'mail'> {
  const { config, invites, mailer, circuits, render, siteName } = parts
  const { publicUrl } = config

  /** Whether a link went since this one was asked for: its visitor has what they want. */
  const cameLate = async ({ mail, inviteId }: TaskOf<'mail'>, addedAt: number): Promise<boolean> =>
    mail === 'invite' && (await invites.lastMailed(inviteId)) > addedAt

  async function linkOf({ id }: TaskOf<'mail'>, invite: Invite, addedAt: number): Promise<string> {
    const [secret = ''] = config.signupSecrets
    const { token, hash, expires } = makeLinkToken(secret, id, addedAt + linkLifetimeMilliseconds)
    // Known before it is sent: mail can be quicker than the rest of this task.
    await invites.keepLink(invite.id, hash, expires)
    return `${publicUrl}/signup?token=${token}`
  }

  return async (task, { addedAt }) => {
    if (await invites.wasMailed(task.id)) return
    const invite = await invites.find(task.inviteId)
    if (invite?.state !== wantedState[task.mail] || (await cameLate(task, addedAt))) return
    const link = task.mail === 'invite' ? await linkOf(task, invite, addedAt) : undefined
    const words = composeMail(task.mail, { invite, link, siteName: siteName(), publicUrl }, render)
    await circuits.mail.call(task.id, () => mailer.send({ id: task.id, to: invite.email, ...words }))
    await invites.mailed(invite.id, task.id)
  }
}
