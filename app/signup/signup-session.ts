import type { Request } from 'express'

declare module 'express-session' {
  interface SessionData {
    signup: SignupSession
    account: SignedIn
  }
}

/** A signup under way, from the link on. No password is ever in it. */
export interface SignupSession {
  readonly inviteId: string
  /** The idempotency key of the account. */
  readonly key: string
  readonly email: string
  readonly name: string
  /** Hash of the token of the link that was followed. */
  readonly link: string
  /** What the workspace could be called. */
  readonly suggestion: string
  readonly workspace?: string
  /** The name that somebody else turned out to have. */
  readonly taken?: string
}

/** Who is signed in on the site. */
export interface SignedIn {
  readonly email: string
  readonly name: string
  readonly workspace: string
  /** Hash of the token of the link that led here. */
  readonly link: string
}

/** The page where this visitor goes on; undefined when nothing has begun. */
export function placeOf({ signup, account }: Request['session']): string | undefined {
  if (signup) return signup.workspace === undefined ? '/signup/workspace' : '/signup/account'
  return account && '/welcome'
}
