import { type Invite, type InviteRequest, inviteId } from '../../app/invites/invite.ts'
import type { InviteStore } from '../../app/invites/invite-store.ts'

/** A moment so many seconds after the first. */
export const moment = (seconds = 0): string => new Date(Date.UTC(2026, 0, 5, 9, 0, seconds)).toISOString()

export const requestOf = (name: string, changed: Partial<InviteRequest> = {}): InviteRequest => ({
  email: `${name.toLowerCase()}@example.com`,
  name,
  company: '',
  purpose: '',
  at: moment(),
  ...changed,
})

export const idOf = (name: string): string => inviteId(requestOf(name).email)

/** An invite that was requested and, with a link or without, sent out. */
export async function invited(store: InviteStore, name: string, hash?: string): Promise<Invite> {
  const { id } = await store.request(requestOf(name))
  await store.invite(id, moment(60))
  if (hash) await store.keepLink(id, hash, Date.now() + 60_000)
  return (await store.find(id)) as Invite
}

export const namesIn = async (
  store: InviteStore,
  filter: Partial<Parameters<InviteStore['list']>[0]>,
): Promise<string[]> => {
  const { invites } = await store.list({ text: '', from: 0, length: 100, ...filter })
  return invites.map(({ name }) => name)
}
