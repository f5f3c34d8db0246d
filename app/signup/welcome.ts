import { SiteError } from '../errors.ts'
import { hasCsrf } from '../sessions/csrf.ts'
import { endSession } from '../sessions/session.ts'
import type { StepHandlers } from '../signup-side.ts'
import type { ShowPage } from './step-page.ts'
import { notSignedIn } from './ways-on.ts'

/** What a visitor with an account sees, and the way out. */
export const welcomeHandlers = (show: ShowPage): Pick<StepHandlers, 'welcome' | 'signOut'> => ({
  welcome(req, res) {
    const { account } = req.session
    if (!account) return show(req, res, notSignedIn)
    show(req, res, { template: 'welcome', title: `Welcome, ${account.name}`, signup: account })
  },

  async signOut(req, res) {
    if (req.session.account) {
      if (!hasCsrf(req)) throw new SiteError('forbidden', 'the form is not of this session')
      await endSession(req)
    }
    res.redirect(303, '/')
  },
})
