import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { codeOf, statusOf } from '../errors.ts'
import type { Problem } from '../invites/form-problem.ts'
import { accountKey, type Invite } from '../invites/invite.ts'
import { textOf } from '../invites/invite-form.ts'
import { type LinkToken, readLinkToken } from '../invites/link-token.ts'
import { csrfOf, hasCsrf } from '../sessions/csrf.ts'
import { moveSession } from '../sessions/move-session.ts'
import { saveSession } from '../sessions/session.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { StepHandlers } from '../signup-side.ts'
import { placeOf, type SignupSession } from './signup-session.ts'
import type { ShowPage, StepPage } from './step-page.ts'
import { cookieMissing, notBegun } from './step-problem.ts'
import { linkRefused } from './ways-on.ts'
import { suggestWorkspace } from './workspace.ts'

type Handlers = Pick<StepHandlers, 'arrive' | 'begin'>

const retrySeconds = '5'

/** The page that the mailed link leads to, and its button. */
export function arriveHandlers({ config, invites }: SignupParts, show: ShowPage): Handlers {
  const read = (token: string) => readLinkToken(config.signupSecrets, token, Date.now())

  return {
    // Mail scanners follow links: whatever they ask for with GET or HEAD, no link is looked up, let alone spent.
    async arrive(req, res) {
      const token = textOf(req.query, 'token')
      const link = read(token)
      const place = token === '' || isOf(req, link) ? placeOf(req.session) : undefined
      if (place) return res.redirect(303, place)
      if (!link) return show(req, res, linkRefused)
      csrfOf(req)
      await saveSession(req)
      show(req, res, arrivePage(token))
    },

    async begin(req, res) {
      const token = textOf(req.body, 'token')
      const link = read(token)
      if (!link) return show(req, res, linkRefused)
      if (!hasCsrf(req)) {
        // A second tab, whose twin has begun.
        if (isOf(req, link)) return res.redirect(303, placeOf(req.session) ?? '/signup')
        csrfOf(req)
        await saveSession(req)
        return show(req, res, arrivePage(token, cookieMissing, statusOf.forbidden))
      }
      try {
        const spent = await invites.spendLink(link.hash, ownerOf(req))
        if (spent === 'refused') return show(req, res, linkRefused)
        await moveSession(req, heldFor(req, spent.invite, link))
      } catch (error) {
        if (codeOf(error) !== 'unavailable') throw error
        req.log.error({ err: error }, 'a signup could not begin')
        res.set('Retry-After', retrySeconds)
        return show(req, res, arrivePage(token, notBegun, statusOf.unavailable))
      }
      res.redirect(303, placeOf(req.session) ?? '/signup')
    },
  }
}

const arrivePage = (token: string, problem?: Problem, status = 200): StepPage => ({
  template: 'arrive',
  title: 'Create your account',
  status,
  ...(problem && { form: { problem } }),
  signup: { token },
})

/** Whether this session came from the link. */
const isOf = ({ session: { signup, account } }: Request, link: LinkToken | undefined): boolean =>
  link !== undefined && (signup ?? account)?.link === link.hash

/** Only who has this page's form can spend the link again, with a second click or after no answer came. */
const ownerOf = (req: Request): string => createHash('sha256').update(csrfOf(req)).digest('base64url')

/** What the session holds from now on; who was signed in here before is not any more. */
function heldFor({ session }: Request, invite: Invite, { hash }: LinkToken) {
  const { id, email, name, company } = invite
  const { cookie: _, csrf: __, account: ___, signup: before, ...kept } = session
  const begun = before?.inviteId === id ? before : { suggestion: suggestWorkspace(company) }
  const signup: SignupSession = { ...begun, inviteId: id, key: accountKey(invite), email, name, link: hash }
  return { ...kept, signup }
}
