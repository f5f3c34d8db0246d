import { type Detail, details, type Invite, type InviteRequest, inviteId } from './invite.ts'
import type { Day, InviteFilter } from './invite-store.ts'

/** An invite as the stores keep it. */
export interface Kept {
  readonly invite: Invite
  /** When it leaves the store (ms since 1970); never while a version of it is undelivered. */
  readonly leaves?: number | undefined
}

/** What a change makes of an invite, and what it counts on which day (YYYY-MM-DD). */
export interface Changed {
  readonly kept: Kept
  readonly counted?: { readonly day: string; readonly what: Exclude<keyof Day, 'day'> }
}

/** What to keep instead of what is kept; undefined leaves it. Stores may run it again after a conflict. */
export type Change = (kept: Kept | undefined, now: number) => Changed | undefined

const dayMilliseconds = 24 * 3600 * 1000

/** An invite stays so long after its newest version was delivered, the mark of a mail after the mail. */
export const keptMilliseconds = 30 * dayMilliseconds

/** A year and a month of days can be compared with the year before. */
export const daysCounted = 400

export const dayOf = (at: string | number): string => new Date(at).toISOString().slice(0, 10)

/** The last so many days (YYYY-MM-DD, UTC), oldest first, today as the last. */
export const lastDays = (days: number, now: number): string[] =>
  Array.from({ length: Math.min(days, daysCounted) }, (_, ago) =>
    dayOf(now - ago * dayMilliseconds),
  ).reverse()

/** The one state of the filter that an invite is in. */
export const listedState = ({ state, deliveredVersion }: Invite): NonNullable<InviteFilter['state']> =>
  state === 'requested' && deliveredVersion > 0 ? 'delivered' : state

const newVersion = (invite: Invite, news: Partial<Invite>): Kept => ({
  invite: { ...invite, ...news, version: invite.version + 1 },
})

const newInvite = (about: Pick<Invite, 'email' | Detail | 'requestedAt' | 'undelivered'>): Changed => ({
  kept: {
    invite: { id: inviteId(about.email), ...about, state: 'requested', version: 1, deliveredVersion: 0 },
  },
  counted: { day: dayOf(about.requestedAt), what: 'requests' },
})

/** An invite that the CRM tells of. One that is there knows more: it has what a visitor typed. */
export const contactChange =
  ({ at, ...about }: InviteRequest): Change =>
  (kept) =>
    kept ? undefined : newInvite({ ...about, requestedAt: at, undelivered: [] })

export const requestChange =
  ({ email, name, company, purpose, at }: InviteRequest): Change =>
  (kept, now) => {
    const asked = { name, company, purpose, requestedAt: at }
    if (!kept) {
      return newInvite({ email, ...asked, undelivered: details })
    }
    const { invite, leaves } = kept
    if (at <= invite.requestedAt) return undefined
    const news = details.filter((detail) => asked[detail] !== invite[detail])
    if (news.length > 0) {
      const undelivered = [...new Set([...invite.undelivered, ...news])]
      return { kept: newVersion(invite, { ...asked, undelivered }) }
    }
    // The CRM has it already, so it stays as long as if it were delivered now.
    const stays = leaves === undefined ? undefined : now + keptMilliseconds
    return { kept: { invite: { ...invite, ...asked }, leaves: stays } }
  }

export const inviteChange =
  (at: string): Change =>
  (kept) =>
    kept?.invite.state === 'requested'
      ? { kept: newVersion(kept.invite, { state: 'invited', invitedAt: at }) }
      : undefined

export const signedUpChange =
  (workspace: string, at: string): Change =>
  (kept) => {
    if (!kept || kept.invite.state === 'signed up') return undefined
    return {
      kept: newVersion(kept.invite, { state: 'signed up', signedUpAt: at, workspace }),
      counted: { day: dayOf(at), what: 'signups' },
    }
  }

export const deliveredChange =
  (version: number, at: string): Change =>
  (kept, now) => {
    if (!kept || version <= kept.invite.deliveredVersion) return undefined
    // Of an invite that was forgotten meanwhile and then requested anew.
    if (version > kept.invite.version) return undefined
    const isNewest = version === kept.invite.version
    return {
      kept: {
        invite: {
          ...kept.invite,
          ...{ deliveredVersion: version, deliveredAt: at },
          undelivered: isNewest ? [] : kept.invite.undelivered,
        },
        leaves: isNewest ? now + keptMilliseconds : undefined,
      },
    }
  }

/** An invite stays until then at least (ms since 1970): no link that was sent outlives it. */
export const stayChange =
  (until: number): Change =>
  (kept) =>
    kept?.leaves !== undefined && kept.leaves < until
      ? { kept: { invite: kept.invite, leaves: until } }
      : undefined

/** An invite stays as long as if it were delivered now: a signup with it is under way, and must find it at its end. */
export const useChange: Change = (kept, now) => stayChange(now + keptMilliseconds)(kept, now)
