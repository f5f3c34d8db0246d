import type { Request } from 'express'
import { pageContext } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'
import { csrfOf } from '../sessions/csrf.ts'
import { saveSession } from '../sessions/session.ts'
import { operatorOf } from './operator-session.ts'

export interface OperatorPage {
  /** A template of app/views/admin. */
  readonly template:
    | 'sign-in'
    | 'invites'
    | 'searches'
    | 'queue'
    | 'board'
    | 'console'
    | 'console-ask'
    | 'console-logs'
    | 'console-none'
  readonly title: string
  readonly url: string
}

/** Makes a page with what all pages for operators show: who is signed in, and the token of its forms. */
export async function operatorView(
  site: Site,
  req: Request,
  { template, title, url }: OperatorPage,
  more: object,
): Promise<string> {
  const isNew = req.session.csrf === undefined
  const csrf = csrfOf(req)
  if (isNew) await saveSession(req)
  return site.renderer.render(`admin/${template}`, {
    page: pageContext(site, { title, url }),
    section: 'admin',
    admin: { operator: operatorOf(req), csrf, ...more },
  })
}
