import type { InviteFilter } from '../invites/invite-store.ts'
import { type ListedState, listedStates } from './invite-rows.ts'

export const invitesPerPage = 50

const longestText = 200
const start = '/admin'

/** What the query of the overview asks for. */
export interface AskedInvites {
  readonly text: string
  readonly state: ListedState | undefined
  readonly page: number
}

/** Reads the query; what makes no sense in it asks for nothing in particular. */
export function askedInvites(query: Readonly<Record<string, unknown>>): AskedInvites {
  const { text, state, page } = query
  return {
    text: typeof text === 'string' ? text.slice(0, longestText).trim() : '',
    state: listedStates.find((candidate) => candidate === state),
    page: typeof page === 'string' && /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  }
}

export const filterOf = ({ text, state, page }: AskedInvites): InviteFilter => ({
  text,
  state,
  from: (page - 1) * invitesPerPage,
  length: invitesPerPage,
})

/** The address of what is asked for. */
export function overviewUrl({ text, state, page }: Partial<AskedInvites>): string {
  const query = new URLSearchParams({
    ...(text && { text }),
    ...(state && { state }),
    ...(page !== undefined && page > 1 && { page: String(page) }),
  })
  return query.size === 0 ? start : `${start}?${query}`
}
