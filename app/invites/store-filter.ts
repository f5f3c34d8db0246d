import type { Invite } from './invite.ts'

/** A text is searched for in so many of the newest invites, so that a search stays quick in any store. */
export const mostSearched = 5000

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Whether an invite has the text in its name, address or company, in any case. */
export function textMatch(text: string): (invite: Invite) => boolean {
  const wanted = folded(text.trim())
  return ({ name, email, company }) => [name, email, company].some((field) => folded(field).includes(wanted))
}

/** Newest request first; the id settles ties, so that pages never overlap. */
export const newestFirst = (a: Invite, b: Invite): number =>
  sortKey(a) < sortKey(b) ? 1 : sortKey(a) > sortKey(b) ? -1 : 0

const sortKey = ({ requestedAt, id }: Invite): string => `${requestedAt} ${id}`
