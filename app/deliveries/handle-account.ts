import { accountKey } from '../invites/invite.ts'
import { followUps } from './follow-ups.ts'
import type { Handler, HandlerParts } from './handler.ts'

/** Notes the sign-up, tells the CRM, and mails the welcome: one, however often the sign-up is told. */
export function handleSignedUp({ queue, invites }: HandlerParts): Handler<'signed up'> {
  const { tellCrm } = followUps(queue)
  return async (task, { addedAt }) => {
    const invite = await invites.signedUp(task.inviteId, task.workspace, new Date(addedAt).toISOString())
    if (!invite) return
    await tellCrm(task, invite)
    await queue.add({ id: `${invite.id}-welcome`, kind: 'mail', inviteId: invite.id, mail: 'welcome' })
  }
}

/** Finds an account that was made for a visitor whose own request never came to its end. */
export function handleAccountAskedFor(parts: HandlerParts): Handler<'account asked for'> {
  const { queue, invites, accounts, circuits } = parts
  return async ({ id, inviteId }) => {
    const invite = await invites.find(inviteId)
    if (!invite || invite.state === 'signed up') return
    const account = await circuits.accounts.call(id, () => accounts.find(accountKey(inviteId)))
    // Without an account the visitor presses the button again, with the password that only they have.
    if (!account) return
    await queue.add({ id: `${id}-signed-up`, kind: 'signed up', inviteId, workspace: account.workspace })
  }
}
