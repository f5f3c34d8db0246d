import type { Request, RequestHandler } from 'express'
import { statusOf } from '../errors.ts'
import { pageContext } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'
import { holdsTokenOnly } from '../sessions/csrf.ts'
import { endSession, renewSession, saveSession } from '../sessions/session.ts'
import { placeOf } from '../signup/signup-session.ts'

declare module 'express-session' {
  interface SessionData {
    visitor: Visitor
  }
}

/** What the session keeps of a visitor. */
export interface Visitor {
  name?: string
  visits: number
  since: string
}

/** The page that shows a visitor what the site knows of them, and forgets it when asked to. */
export interface VisitorPage {
  readonly show: RequestHandler
  readonly introduce: RequestHandler
  readonly forget: RequestHandler
}

export const longestName = 60

export function visitorPage({ site, instance }: { site: () => Site; instance: string }): VisitorPage {
  const render = (req: Request, form: { values?: object; errors?: object } = {}) =>
    site().renderer.render('session', {
      page: pageContext(site(), { title: 'Your session', url: '/session' }),
      section: 'session',
      visitor: { ...req.session.visitor, instance, ...signupOf(req) },
      values: form.values ?? {},
      errors: form.errors ?? {},
    })

  return {
    async show(req, res) {
      const { name, visits = 0, since = new Date().toISOString() } = req.session.visitor ?? {}
      if (holdsTokenOnly(req)) await renewSession(req)
      req.session.visitor = { ...(name && { name }), visits: visits + 1, since }
      await saveSession(req)
      res.send(render(req))
    },
    async introduce(req, res) {
      const name = String(req.body?.name ?? '').trim()
      if (name === '' || name.length > longestName) {
        const errors = { name: `Please give a name of 1 to ${longestName} characters.` }
        res.status(statusOf.invalid).send(render(req, { values: { name }, errors }))
        return
      }
      const known = req.session.visitor ?? { visits: 0, since: new Date().toISOString() }
      await renewSession(req)
      req.session.visitor = { ...known, name }
      await saveSession(req)
      res.redirect(303, '/session')
    },
    async forget(req, res) {
      await endSession(req)
      res.redirect(303, '/session')
    },
  }
}

/** What the session holds of a signup under way, or of the account that came of it. */
const signupOf = ({ session }: Request) => {
  const { signup, account } = session
  return { isSignedIn: account !== undefined, signup: signup ?? account, goOn: placeOf(session) }
}
