import type { Request } from 'express'
import type { Config } from '../config/config.ts'
import { isSignedIn } from './operator-session.ts'

/**
 * Whether a request that goes on for long is still of an operator who is signed in, as the store has it by then.
 * Rejects where the store does not answer, which says nothing of them.
 */
export const isStillSignedIn = (
  { sessionStore, sessionID }: Request,
  { operators }: Pick<Config, 'operators'>,
): Promise<boolean> =>
  new Promise((resolve, reject) => {
    sessionStore.get(sessionID, (error: unknown, session) => {
      if (error) reject(error)
      else resolve(isSignedIn(session?.operator, operators, Date.now()))
    })
  })
