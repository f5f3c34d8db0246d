import { createHash } from 'node:crypto'
import type { Request } from 'express'
import type { OperatorEntry } from '../config/config.ts'
import { csrfOf } from '../sessions/csrf.ts'
import { renewSession, saveSession } from '../sessions/session.ts'

declare module 'express-session' {
  interface SessionData {
    operator: SignedIn
  }
}

/** What the session keeps of an operator. */
export interface SignedIn {
  readonly name: string
  /** When the password was given (ms since 1970). */
  readonly since: number
  /** Changes with the password, so that a new one ends the sessions that an old one began. */
  readonly password: string
}

/** Counted from the sign-in, whatever is done meanwhile; the session itself lives on while it is used. */
const longestMilliseconds = 8 * 3600 * 1000

const passwordMark = ({ passwordHash }: OperatorEntry): string =>
  createHash('sha256').update(passwordHash).digest('base64url')

/** Whether it is still somebody's session: not too old, and of an operator who is one now. */
export const isSignedIn = (
  signedIn: SignedIn | undefined,
  operators: readonly OperatorEntry[],
  now: number,
): boolean =>
  signedIn !== undefined &&
  now - signedIn.since < longestMilliseconds &&
  operators.some((entry) => entry.name === signedIn.name && passwordMark(entry) === signedIn.password)

/** Makes the session the operator's, under a new id and with a new token for its forms. */
export async function beginOperatorSession(req: Request, operator: OperatorEntry): Promise<void> {
  delete req.session.csrf
  await renewSession(req)
  req.session.operator = { name: operator.name, since: Date.now(), password: passwordMark(operator) }
  csrfOf(req)
  await saveSession(req)
}

/** The name of who is signed in. To be called behind the guard. */
export const operatorOf = ({ session }: Request): string => session.operator?.name ?? ''
