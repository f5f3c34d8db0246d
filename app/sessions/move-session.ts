import type { Request } from 'express'
import expressSession, { type SessionData } from 'express-session'
import { SiteError } from '../errors.ts'
import { csrfOf, formMilliseconds } from './csrf.ts'
import { saveSession } from './session.ts'

/**
 * Gives the visitor a saved session with a new id that holds what is given. The old one keeps nothing but the token
 * of its forms, for as long as a form is kept open: it gives no rights to who planted its id, and a second click, which the browser sends with the old
 * cookie, is still known to come from the same page. Rejects with SiteError `unavailable`; the request then has its
 * old session again and the browser its cookie, so that the same form can be sent once more.
 */
export async function moveSession(req: Request, held: Partial<SessionData>): Promise<void> {
  const { session: old, sessionID: oldId, sessionStore: store } = req
  store.generate(req)
  Object.assign(req.session, held)
  csrfOf(req)
  try {
    await saveSession(req)
    await keepTokenOnly(store, oldId, old)
  } catch (error) {
    req.sessionID = oldId
    req.session = old
    throw error
  }
}

const keepTokenOnly = (
  store: Request['sessionStore'],
  id: string,
  { cookie: before, csrf }: Request['session'],
): Promise<void> => {
  // A copy: when this fails, the request goes on with the session as it was.
  const cookie = Object.assign(new expressSession.Cookie(), before, { maxAge: formMilliseconds })
  return new Promise((resolve, reject) => {
    store.set(id, { cookie, csrf } as SessionData, (error?: unknown) =>
      error ? reject(new SiteError('unavailable', 'the old session stays', { cause: error })) : resolve(),
    )
  })
}
