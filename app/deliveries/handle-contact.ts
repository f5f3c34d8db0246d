import type { ContactNews } from '../crm/crm-client.ts'
import type { Invite } from '../invites/invite.ts'
import type { Handler, HandlerParts } from './handler.ts'
import { HeldByAnother } from './retry-policy.ts'

// Longer than a call to the CRM can take, and short enough to wait for when a worker was killed meanwhile.
const holdMilliseconds = 15_000

/** Tells the CRM what is new of an invite. Deliveries of one invite go one after the other, each with the newest state. */
export function handleContact({ invites, crm, circuits }: HandlerParts): Handler<'contact'> {
  return async ({ id, inviteId, version }) => {
    const known = await invites.find(inviteId)
    if (!known || known.deliveredVersion >= version) return
    const letGo = await invites.hold(inviteId, holdMilliseconds)
    if (!letGo) throw new HeldByAnother()
    try {
      const invite = await invites.find(inviteId)
      if (!invite || invite.version <= invite.deliveredVersion) return
      await circuits.crm.call(id, () => crm.upsert(newsOf(invite)))
      await invites.delivered(inviteId, invite.version, new Date().toISOString())
    } finally {
      await letGo()
    }
  }
}

const newsOf = ({ email, state, undelivered, ...invite }: Invite): ContactNews => ({
  ...{ email, status: state },
  ...Object.fromEntries(undelivered.map((detail) => [detail, invite[detail]])),
})
