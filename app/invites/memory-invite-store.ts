import type { Invite } from './invite.ts'
import { inviteId } from './invite.ts'
import type { InviteStore } from './invite-store.ts'
import {
  type Change,
  contactChange,
  deliveredChange,
  inviteChange,
  type Kept,
  keptMilliseconds,
  lastDays,
  listedState,
  requestChange,
  signedUpChange,
  stayChange,
  useChange,
} from './store-changes.ts'
import { mostSearched, newestFirst, textMatch } from './store-filter.ts'

interface Link {
  readonly id: string
  readonly expires: number
  readonly owner?: string
}

/** Whose account it is, by the hashes of links. */
interface Claim {
  readonly spent?: string
  readonly made?: string
  readonly until: number
}

interface Mark {
  readonly id: string
  readonly at: number
}

interface Counts {
  requests: number
  signups: number
}

/** Invites in this process, for a laptop without Redis and for tests. */
export function memoryInviteStore(now: () => number = Date.now): InviteStore {
  const invites = new Map<string, Kept>()
  const links = new Map<string, Link>()
  const claims = new Map<string, Claim>()
  const mails = new Map<string, Mark>()
  const holds = new Map<string, { readonly until: number }>()
  const days = new Map<string, Counts>()

  const keptOf = (id: string): Kept | undefined => {
    const kept = invites.get(id)
    return (kept?.leaves ?? Number.POSITIVE_INFINITY) > now() ? kept : undefined
  }
  const change = (id: string, make: Change): Invite | undefined => {
    const changed = make(keptOf(id), now())
    if (changed) invites.set(id, changed.kept)
    if (changed?.counted) countsOf(changed.counted.day)[changed.counted.what] += 1
    return keptOf(id)?.invite
  }
  const countsOf = (day: string): Counts => {
    const counts = days.get(day) ?? { requests: 0, signups: 0 }
    days.set(day, counts)
    return counts
  }
  const claimOf = (id: string): Claim => {
    const claim = claims.get(id)
    return claim && claim.until > now() ? claim : { until: 0 }
  }
  const keepClaim = (id: string, claim: Omit<Claim, 'until'>) =>
    void claims.set(id, { ...claim, until: now() + keptMilliseconds })
  const sweep = () => {
    for (const id of invites.keys()) if (!keptOf(id)) invites.delete(id)
    for (const [hash, { expires }] of links) if (expires <= now()) links.delete(hash)
    for (const [id, { until }] of claims) if (until <= now()) claims.delete(id)
    for (const [key, { at }] of mails) if (at + keptMilliseconds <= now()) mails.delete(key)
  }

  return {
    async request(request) {
      return change(inviteId(request.email), requestChange(request)) as Invite
    },
    async contact(contact) {
      return change(inviteId(contact.email), contactChange(contact)) as Invite
    },
    async invite(id, at) {
      const invite = change(id, inviteChange(at))
      return invite && { invite, isNew: invite.state === 'invited' && invite.invitedAt === at }
    },
    signedUp: async (id, workspace, at) => change(id, signedUpChange(workspace, at)),
    delivered: async (id, version, at) => void change(id, deliveredChange(version, at)),
    find: async (id) => keptOf(id)?.invite,
    async ids() {
      sweep()
      const all = [...invites.values()].map(({ invite }) => invite)
      return all.sort(newestFirst).map(({ id }) => id)
    },
    async list({ text, state, from, length }) {
      sweep()
      const all = [...invites.values()].map(({ invite }) => invite).sort(newestFirst)
      const ofState = state ? all.filter((invite) => listedState(invite) === state) : all
      const found = text.trim() ? ofState.slice(0, mostSearched).filter(textMatch(text)) : ofState
      return { invites: found.slice(from, from + length), count: found.length }
    },
    async perDay(count) {
      return lastDays(count, now()).map((day) => ({ day, requests: 0, signups: 0, ...days.get(day) }))
    },
    async forget(id) {
      const isKept = keptOf(id) !== undefined
      invites.delete(id)
      claims.delete(id)
      for (const [hash, link] of links) if (link.id === id) links.delete(hash)
      for (const [key, mark] of mails) if (mark.id === id) mails.delete(key)
      return isKept
    },
    async keepLink(id, hash, expires) {
      sweep()
      const link = links.get(hash)
      if (link) return link.expires
      if (expires <= now() || !change(id, stayChange(expires))) return undefined
      links.set(hash, { id, expires })
      return expires
    },
    async spendLink(hash, owner) {
      const link = links.get(hash)
      const invite = link && link.expires > now() ? keptOf(link.id)?.invite : undefined
      if (!link || !invite || invite.state === 'signed up') return 'refused'
      const { spent, made } = claimOf(link.id)
      if (made !== undefined) return 'refused'
      if (link.owner === undefined) keepClaim(link.id, { spent: hash })
      else if (link.owner !== owner || spent !== hash) return 'refused'
      links.set(hash, { ...link, owner })
      change(link.id, useChange)
      return { invite }
    },
    async mayMakeAccount(id, hash) {
      const { spent, made = spent } = claimOf(id)
      return keptOf(id) !== undefined && made === hash
    },
    async accountMade(id, hash) {
      const claim = claimOf(id)
      if (change(id, useChange)) keepClaim(id, { ...claim, made: claim.made ?? hash })
    },
    keep: async (id) => change(id, useChange),
    wasMailed: async (key) => (mails.get(key)?.at ?? -keptMilliseconds) + keptMilliseconds > now(),
    mailed: async (id, key) => void mails.set(key, { id, at: now() }),
    async lastMailed(id) {
      sweep()
      const marks = [...mails.values()].filter((mark) => mark.id === id)
      return Math.max(0, ...marks.map(({ at }) => at))
    },
    async hold(id, milliseconds) {
      if ((holds.get(id)?.until ?? 0) > now()) return undefined
      const mine = { until: now() + milliseconds }
      holds.set(id, mine)
      return async () => {
        if (holds.get(id) === mine) holds.delete(id)
      }
    },
    state: () => 'unused',
    close: async () => {},
  }
}
