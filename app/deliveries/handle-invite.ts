import { emailAddress } from '../invites/email-address.ts'
import { inviteLengths } from '../invites/invite-form.ts'
import { OutsideError } from '../outside/outside-error.ts'
import { followUps } from './follow-ups.ts'
import type { Handler, HandlerParts } from './handler.ts'

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Makes an invite invited, tells the CRM, and mails the link. */
export function handleInvite({ queue, invites }: HandlerParts): Handler<'invite'> {
  const { tellCrm, mailLink } = followUps(queue)
  return async (task, { addedAt }) => {
    const invited = await invites.invite(task.inviteId, isoTime(addedAt))
    if (!invited) return
    await tellCrm(task, invited.invite)
    if (invited.isNew || task.again) await mailLink(task, task.inviteId)
  }
}

/** Mails a new link to somebody who is invited; says nothing to anybody else. */
export function handleNewLink({ queue, invites }: HandlerParts): Handler<'new link'> {
  const { mailLink } = followUps(queue)
  return async (task) => {
    const invite = await invites.find(task.inviteId)
    if (invite?.state === 'invited') await mailLink(task, invite.id)
  }
}

/** The CRM asks for no name and bounds none, and no account can be made with one that is empty or very long. */
const nameOf = (name: string, email: string): string =>
  [...(name.trim() || email.slice(0, email.lastIndexOf('@')))].slice(0, inviteLengths.name).join('')

/** Invites whom the CRM says it has invited, also a contact that never used the form. */
export function handleInvitedInCrm(parts: HandlerParts): Handler<'invited in the CRM'> {
  const { queue, invites, crm, circuits } = parts
  return async (task, { addedAt }) => {
    const contact = await circuits.crm.call(task.id, () => crm.contact(task.crmId))
    const email = emailAddress(contact?.email ?? '')
    if (!contact || !email) {
      const what = contact ? 'has no address that mail can go to' : 'is not there any more'
      throw new OutsideError(
        'crm',
        'refused',
        `the contact ${task.crmId} that it says it has invited ${what}`,
      )
    }
    // Its status is not looked at: a late delivery of ours may have written an older one over "invited".
    const { company, purpose } = contact
    const { id } = await invites.contact({
      ...{ email, company, purpose },
      name: nameOf(contact.name, email),
      at: isoTime(addedAt),
    })
    await queue.add({ id: `${task.id}-invite`, kind: 'invite', inviteId: id, by: 'CRM', again: false })
  }
}
