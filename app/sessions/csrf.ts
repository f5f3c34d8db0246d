import { randomBytes } from 'node:crypto'
import type { Request } from 'express'
import { isSame } from '../signing/mac.ts'

declare module 'express-session' {
  interface SessionData {
    /** What a form has to send back, see `csrfOf`. */
    csrf: string
  }
}

const tokenBytes = 32
// Enough to fill a form in. Anybody can have such sessions made, one for each form that is opened without a cookie.
export const formMilliseconds = 30 * 60 * 1000

/**
 * What a form of this session carries in its hidden field `csrf`: 256 random bits that no other site can read.
 * The first call changes the session; await `saveSession` before the form is sent. A session that holds nothing else
 * ends soon: what gives it more has to give it a new id, and with it the time that is usual.
 */
export function csrfOf({ session }: Request): string {
  if (session.csrf === undefined) {
    const isEmpty = Object.keys(session).every((key) => key === 'cookie')
    if (isEmpty) session.cookie.maxAge = formMilliseconds
    session.csrf = randomBytes(tokenBytes).toString('base64url')
  }
  return session.csrf
}

/** Whether the session holds the token of its forms and nothing else, and so ends soon. */
export const holdsTokenOnly = ({ session }: Request): boolean =>
  session.csrf !== undefined && Object.keys(session).every((key) => key === 'cookie' || key === 'csrf')

/** Whether the form that was sent, or what carries this token, is of this session. Compared in constant time. */
export function hasCsrf({ session, body }: Request, given: unknown = body?.csrf): boolean {
  return typeof given === 'string' && session.csrf !== undefined && isSame(session.csrf, given)
}
