import type { RequestHandler } from 'express'
import type { Config } from '../config/config.ts'
import { isSignedIn } from './operator-session.ts'
import { signInUrl } from './own-path.ts'

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

/**
 * Lets through who is signed in as an operator. A reader is sent to the sign-in, and from there back; anything
 * else is not done, nor kept for later. The scripts of the queue's pages are told so in their own words.
 */
export const operatorsOnly =
  ({ operators }: Pick<Config, 'operators'>): RequestHandler =>
  (req, res, next) => {
    if (isSignedIn(req.session.operator, operators, Date.now())) return next()
    if (req.path.startsWith('/admin/queue/api/')) {
      return void res.status(403).json({ error: 'You are signed out: load the page again.' })
    }
    res.redirect(303, signInUrl(isRead(req.method) ? req.originalUrl : '/admin'))
  }
