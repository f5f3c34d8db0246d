import type { Invite } from '../invites/invite.ts'
import { followUps } from './follow-ups.ts'
import type { Handler, HandlerParts } from './handler.ts'
import type { MailKind } from './task.ts'

const minute = 60_000

/** So long after a mail no request brings another one. A lost link is in the way of a signup, a lost welcome is not. */
const pauseOf: Readonly<Record<MailKind, number>> = { invite: 10 * minute, welcome: 24 * 60 * minute }

/** Somebody asked before, and was invited or signed up since: what they wait for was lost, or they forgot. */
const wantedMail: Readonly<Record<Invite['state'], MailKind | undefined>> = {
  requested: undefined,
  invited: 'invite',
  'signed up': 'welcome',
}

/** Keeps a request, tells the CRM, and mails again to somebody who is invited or signed up, not more than needed. */
export function handleRequest({ queue, invites }: HandlerParts): Handler<'request'> {
  const { tellCrm } = followUps(queue)
  return async (task) => {
    const invite = await invites.request(task.request)
    await tellCrm(task, invite)
    const mail = wantedMail[invite.state]
    const asked = Date.parse(task.request.at)
    if (!mail || (await invites.lastMailed(invite.id)) > asked - pauseOf[mail]) return
    // Of all requests within the pause one mails.
    const id = `${invite.id}-${mail}-${Math.floor(asked / pauseOf[mail])}`
    await queue.add({ id, kind: 'mail', inviteId: invite.id, mail })
  }
}
