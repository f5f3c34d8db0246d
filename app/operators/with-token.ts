import type { RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import { hasCsrf } from '../sessions/csrf.ts'

/** Only for forms that carry the token of the session. */
export const withToken =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    if (!hasCsrf(req)) throw new SiteError('forbidden', 'the form is not of this session')
    return handler(req, res, next)
  }
