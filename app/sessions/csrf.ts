import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { SiteError } from '../errors.ts'

declare module 'express-session' {
  interface SessionData {
    /** What a form has to send back, see `csrfOf`. */
    csrf: string
  }
}

const tokenBytes = 32

/**
 * What a form of this session carries in its hidden field `csrf`: 256 random bits that no other site can read.
 * The first call changes the session; await `saveSession` before the form is sent.
 */
export function csrfOf({ session }: Request): string {
  session.csrf ??= randomBytes(tokenBytes).toString('base64url')
  return session.csrf
}

/** Whether the form that was sent, or what carries this token, is of this session. Compared in constant time. */
export function hasCsrf({ session, body }: Request, given: unknown = body?.csrf): boolean {
  if (typeof given !== 'string' || session.csrf === undefined) return false
  const [sent, right] = [Buffer.from(given), Buffer.from(session.csrf)]
  return sent.length === right.length && timingSafeEqual(sent, right)
}

/** Refuses a form that is not one of this session. To come after the session and the body. */
export const requireCsrf: RequestHandler = (req, _res, next) =>
  next(hasCsrf(req) ? undefined : new SiteError('forbidden', 'the form is not of this session'))
