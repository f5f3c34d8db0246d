import type { Request } from 'express'
import { operatorOf } from './operator-session.ts'

export type OperatorAction =
  | 'signed in'
  | 'sign-in refused'
  | 'sign-in limited'
  | 'signed out'
  | 'invite'
  | 'invite again'
  | 'export'
  | 'queue action'
  | 'console action'

/** Leaves a line of what an operator did. `details` name tasks and invites, never a visitor. */
export const audit = (
  req: Request,
  action: OperatorAction,
  details: Readonly<Record<string, string | undefined>> = {},
): void =>
  req.log.info(
    { audit: true, operator: operatorOf(req) || undefined, action, ...details },
    `operator: ${action}`,
  )
