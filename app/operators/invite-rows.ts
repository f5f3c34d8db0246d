import type { Invite } from '../invites/invite.ts'
import type { InviteFilter } from '../invites/invite-store.ts'
import { listedState } from '../invites/store-changes.ts'

export type ListedState = NonNullable<InviteFilter['state']>

/** The way of an invite, in order. */
export const listedStates: readonly ListedState[] = ['requested', 'delivered', 'invited', 'signed up']

/** What operators read for a state. */
export const stateLabels: Readonly<Record<ListedState, string>> = {
  requested: 'Requested',
  delivered: 'Delivered to the CRM',
  invited: 'Invited',
  'signed up': 'Signed up',
}

export interface InviteRow extends Invite {
  readonly listed: ListedState
  readonly label: string
  readonly times: readonly { readonly what: string; readonly at: string; readonly text: string }[]
  /** What one click does: `false` invites, `true` mails the link again; nothing when the invite is used. */
  readonly again: boolean | undefined
}

const timeForm = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** An invite as a line of the table. */
export function inviteRow(invite: Invite): InviteRow {
  const { state, requestedAt, deliveredAt, invitedAt, signedUpAt } = invite
  const times = [
    { what: 'Requested', at: requestedAt },
    { what: 'In the CRM', at: deliveredAt },
    { what: 'Invited', at: invitedAt },
    { what: 'Signed up', at: signedUpAt },
  ]
  const listed = listedState(invite)
  return {
    ...invite,
    listed,
    label: stateLabels[listed],
    times: times.flatMap(({ what, at }) => (at ? [{ what, at, text: timeForm.format(new Date(at)) }] : [])),
    again: state === 'signed up' ? undefined : state === 'invited',
  }
}
