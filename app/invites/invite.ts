import { createHash } from 'node:crypto'

/** What a visitor sends with the form at /invite; the address is normalised. */
export interface InviteRequest {
  readonly email: string
  readonly name: string
  readonly company: string
  readonly purpose: string
  /** When the form was taken, and with it the consent (ISO 8601, milliseconds). */
  readonly at: string
}

/** What a visitor may change with a new request. */
export const details = ['name', 'company', 'purpose'] as const
export type Detail = (typeof details)[number]

/** A visitor's way from the request to the account. */
export interface Invite {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly company: string
  readonly purpose: string
  readonly state: 'requested' | 'invited' | 'signed up'
  /** When it was requested; the last time, if more than once. */
  readonly requestedAt: string
  readonly invitedAt?: string
  readonly signedUpAt?: string
  readonly workspace?: string
  /** Counts the changes that the CRM has to learn. */
  readonly version: number
  /** The version that the CRM has; 0 before the first. */
  readonly deliveredVersion: number
  /** What was typed here and the CRM may not have yet. What the CRM itself told us is never among it. */
  readonly undelivered: readonly Detail[]
  readonly deliveredAt?: string
}

/**
 * Names an invite in tasks and logs: 128 bits of the address's SHA-256. It does not tell the address, yet who guesses
 * one can see whether it is right. No key makes it, so that every secret can be rotated.
 */
export const inviteId = (email: string): string =>
  createHash('sha256').update(email).digest('base64url').slice(0, 22)

/**
 * The idempotency key of the one account that an invite can become. Somebody who is invited anew, after the invite of
 * before has left, has another: the account system then says that their address has an account.
 */
export const accountKey = ({ id, invitedAt = '' }: Pick<Invite, 'id' | 'invitedAt'>): string =>
  `signup-${id}-${Date.parse(invitedAt).toString(36)}`
