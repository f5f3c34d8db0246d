import type { StoreState } from '../cache/page-store.ts'
import type { Invite, InviteRequest } from './invite.ts'

export interface InviteFilter {
  /** Part of a name, an address or a company; empty for all. It is looked for in the newest 5,000 of the state. */
  readonly text: string
  /** Each invite is in one of them: `requested` is not in the CRM yet, `delivered` is. */
  readonly state?: 'requested' | 'delivered' | 'invited' | 'signed up' | undefined
  readonly from: number
  readonly length: number
}

export interface Day {
  /** YYYY-MM-DD, UTC. */
  readonly day: string
  /** Addresses that were new. */
  readonly requests: number
  readonly signups: number
}

/** Why a link does not open: one reason for all, so that nobody can tell them apart. */
export type Spent = { readonly invite: Invite } | 'refused'

/**
 * The invites. Each method is atomic, may be repeated, and rejects with SiteError `unavailable` within a second
 * when the store does not answer. An invite leaves the store 30 days after its newest version was delivered, after
 * the last repeated request, or after it was last used for a signup, but not before its last link expires.
 */
export interface InviteStore {
  /**
   * Keeps a request. A newer one of the same address replaces name, company and purpose, never the state; one that
   * is not newer changes nothing. The version grows when the CRM has something to learn.
   */
  request(request: InviteRequest): Promise<Invite>
  /** Keeps what the CRM knows of a contact as a request, unless there is an invite already. */
  contact(contact: InviteRequest): Promise<Invite>
  /**
   * Makes a requested invite invited; leaves it as it is when it is that or more. Undefined when there is none.
   * A task that is done again has to give the same `at`, and then `isNew` is true again.
   */
  invite(id: string, at: string): Promise<{ invite: Invite; isNew: boolean } | undefined>
  /** Kills the links of the invite and counts the sign-up of the day once. */
  signedUp(id: string, workspace: string, at: string): Promise<Invite | undefined>
  /** Notes that the CRM has this version; an older one than it has changes nothing. */
  delivered(id: string, version: number, at: string): Promise<void>
  find(id: string): Promise<Invite | undefined>
  /** Newest request first. */
  list(filter: InviteFilter): Promise<{ invites: Invite[]; count: number }>
  /** Of all invites, newest request first. */
  ids(): Promise<string[]>
  /** The last so many days, oldest first, also those on which nothing happened. */
  perDay(days: number): Promise<Day[]>
  /** Removes the invite, its links and its marks; false when there was no invite. */
  forget(id: string): Promise<boolean>

  /**
   * Lets the link with this hash open the invite until then (ms since 1970), or as long as it does already. Gives
   * until when that is; undefined when there is no invite, or it would be over.
   */
  keepLink(id: string, hash: string, expires: number): Promise<number | undefined>
  /**
   * Spends a link. The same owner (a hash of what only that visitor's page has) may do it again until another link
   * of the invite is spent; nobody else can, nor anybody with a link that is unknown, expired, or of an invite whose
   * account is made. The invite stays as long as who spent it may make the account.
   */
  spendLink(hash: string, owner: string): Promise<Spent>
  /**
   * Whether the account belongs to who spent the link with this hash: of all links of the invite the one that was
   * spent last, until `accountMade` says whose it is. False when the invite is gone, or 30 days after the last of both.
   */
  mayMakeAccount(id: string, hash: string): Promise<boolean>
  /** Notes that the account is there, made by who spent this link; the first note counts, and the invite stays. */
  accountMade(id: string, hash: string): Promise<void>
  /** Lets an invite stay for 30 days from now at least, and gives it. */
  keep(id: string): Promise<Invite | undefined>

  /** Whether the mail with this key was handed in, see `mailed`. */
  wasMailed(key: string): Promise<boolean>
  /** Notes for 30 days that it was. */
  mailed(id: string, key: string): Promise<void>
  /** When the last mail with a link went to the invite (ms since 1970), 0 if none. */
  lastMailed(id: string): Promise<number>

  /**
   * Holds an invite for one delivery at a time; undefined while another has it. It lets go by itself after so long,
   * so letting go never rejects.
   */
  hold(id: string, milliseconds: number): Promise<(() => Promise<void>) | undefined>

  state(): StoreState
  close(): Promise<void>
}
