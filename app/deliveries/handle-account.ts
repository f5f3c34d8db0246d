import { followUps } from './follow-ups.ts'
import type { Handler, HandlerParts } from './handler.ts'
import { NeedsOperator, NotYet } from './retry-policy.ts'

const minute = 60_000
const hour = 60 * minute

/** An account system that queues what it is asked can make the account long after its visitor gave up: ms after that. */
const looks = [10 * minute, hour, 24 * hour]

/** Notes the sign-up, tells the CRM, and mails the welcome: one, however often the sign-up is told. */
export function handleSignedUp({ queue, invites }: HandlerParts): Handler<'signed up'> {
  const { tellCrm } = followUps(queue)
  return async (task, { addedAt }) => {
    const invite = await invites.signedUp(task.inviteId, task.workspace, new Date(addedAt).toISOString())
    if (!invite) throw new NeedsOperator(lostInvite(task.workspace))
    await tellCrm(task, invite)
    await queue.add({ id: `${invite.id}-welcome`, kind: 'mail', inviteId: invite.id, mail: 'welcome' })
  }
}

const lostInvite = (workspace: string): string =>
  `an account was made with the workspace ${workspace}, and its invite is not kept any more: ` +
  'look up in the account system whose it is, tell the CRM that they signed up, and remove this task'

/** Finds an account that was made for a visitor whose own request never came to its end. */
export function handleAccountAskedFor(parts: HandlerParts): Handler<'account asked for'> {
  const { queue, invites, accounts, circuits } = parts
  return async ({ id, inviteId, key }, { addedAt }) => {
    const invite = await invites.keep(inviteId)
    if (invite?.state === 'signed up') return
    const account = await circuits.accounts.call(id, () => accounts.find(key))
    if (account) {
      await queue.add({ id: `${id}-signed-up`, kind: 'signed up', inviteId, workspace: account.workspace })
      return
    }
    // Without an account the visitor presses the button again, with the password that only they have.
    const age = Date.now() - addedAt
    const next = looks.find((look) => look > age)
    if (invite && next) throw new NotYet(next - age)
  }
}
