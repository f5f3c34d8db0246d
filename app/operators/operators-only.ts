import type { RequestHandler } from 'express'

/** Lets through who is signed in as an operator; all others are sent to the sign-in. */
export const operatorsOnly: RequestHandler = (_req, res) => {
  res.redirect(303, '/admin/sign-in')
}
