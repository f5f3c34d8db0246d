import type { Request } from 'express'
import { SiteError } from '../errors.ts'

const failed = (what: string, cause: unknown) =>
  new SiteError('unavailable', `the session cannot be ${what}`, { cause })

/**
 * Waits until the session is in its store. To be awaited before a step is answered: left to itself,
 * express-session answers first and then drops what it could not save.
 */
export const saveSession = ({ session }: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    session.save((error) => (error ? reject(failed('saved', error)) : resolve()))
  })

/**
 * Gives the session a new id and keeps what it holds. To be called whenever a visitor gains rights, so
 * that an id planted in the browser before is worth nothing after.
 */
export async function renewSession(req: Request): Promise<void> {
  const { cookie: _, ...kept } = req.session
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(failed('renewed', error)) : resolve()))
  })
  Object.assign(req.session, kept)
}

/** Forgets the visitor, in the store too. */
export const endSession = ({ session }: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    session.destroy((error) => (error ? reject(failed('ended', error)) : resolve()))
  })
