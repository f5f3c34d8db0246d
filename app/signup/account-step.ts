import type { Request, RequestHandler, Response } from 'express'
import type { Creation } from '../accounts/accounts-client.ts'
import { codeOf, statusOf } from '../errors.ts'
import { textOf } from '../invites/invite-form.ts'
import { OutsideError } from '../outside/outside-error.ts'
import type { Site } from '../pages/site.ts'
import { siteFacts } from '../pages/site-facts.ts'
import { hasCsrf } from '../sessions/csrf.ts'
import { saveSession } from '../sessions/session.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { StepHandlers } from '../signup-side.ts'
import { accountPage, type Fields, termsWording } from './account-page.ts'
import { makeAccount, type ReadySignup } from './make-account.ts'
import { passwordFault, typedPassword } from './password.ts'
import type { ShowPage, StepForm } from './step-page.ts'
import {
  formOutdated,
  notAnswered,
  notAsked,
  notSignedIn,
  toCheckAndRetype,
  triedOften,
} from './step-problem.ts'
import { elsewhere, hasAccount, superseded } from './ways-on.ts'

type Handlers = Pick<StepHandlers, 'account' | 'createAccount'>
type StepHandler = (req: Request, res: Response, signup: ReadySignup) => Promise<void> | void

// A visitor is answered within 5 s; what is left of them is for the limits and, before and after, the session store.
const longestWait = 4000
const retrySeconds = 5

/** The last step: password and terms. Nowhere else is a password, and here only while it is handed on. */
export function accountHandlers(parts: SignupParts, show: ShowPage): Handlers {
  return {
    account: whenReady(show, (req, res, signup) => show(req, res, accountPage(signup))),

    createAccount: whenReady(show, async (req, res, signup) => {
      const fields = { terms: textOf(req.body, 'terms') === 'yes' }
      const again = (status: number, form: StepForm) =>
        show(req, res, accountPage(signup, { fields, ...form }, status))
      if (!hasCsrf(req)) return again(statusOf.forbidden, { problem: formOutdated })
      const password = typedPassword(textOf(req.body, 'password'))
      const errors = await faultsOf(password, fields, knownOf(signup, parts.site()))
      if (errors) return again(statusOf.invalid, { problem: toCheckAndRetype, errors })
      const seconds = await parts.limits.take('account by invite', signup.inviteId)
      if (seconds > 0) {
        res.set('Retry-After', String(seconds))
        return again(statusOf.tooMany, { problem: triedOften })
      }
      let creation: Creation | 'superseded' | undefined
      try {
        creation = await makeAccount(parts, signup, password, longestWait)
        if (creation === 'superseded') show(req, res, superseded)
        else if ('account' in creation) await signIn(req, res, signup, creation.account.workspace)
        else if (creation.taken === 'email') show(req, res, hasAccount)
        else await chooseAgain(req, res, signup)
      } catch (error) {
        const retry = adviceOn(error, creation)
        if (retry === undefined) throw error
        req.log.error({ err: error }, 'the last step of a signup failed')
        res.set('Retry-After', String(secondsToWait(error)))
        again(statusOf.unavailable, { retry })
      }
    }),
  }
}

/** Sends a visitor who is at another step there. */
const whenReady =
  (show: ShowPage, handler: StepHandler): RequestHandler =>
  (req, res) => {
    const { signup } = req.session
    const workspace = signup?.workspace
    if (signup && workspace !== undefined) return handler(req, res, { ...signup, workspace })
    elsewhere(req, res, show)
  }

/**
 * The session's id stays: it is as new as the signup, and with another one the second half of a double click
 * would find no session.
 */
async function signIn(req: Request, res: Response, signup: ReadySignup, workspace: string): Promise<void> {
  const { email, name, link } = signup
  delete req.session.signup
  req.session.account = { email, name, workspace, link }
  await saveSession(req)
  res.redirect(303, '/welcome')
}

async function chooseAgain(req: Request, res: Response, signup: ReadySignup): Promise<void> {
  const { workspace: taken, ...rest } = signup
  req.session.signup = { ...rest, taken }
  await saveSession(req)
  res.redirect(303, '/signup/workspace')
}

async function faultsOf(
  password: string,
  { terms }: Fields,
  known: readonly string[],
): Promise<Record<string, string> | undefined> {
  const fault = await passwordFault(password, known)
  if (!fault && terms) return undefined
  return { ...(fault && { password: fault }), ...(!terms && { terms: termsWording }) }
}

const knownOf = ({ email, name, workspace }: ReadySignup, site: Site): string[] => [
  ...[email, email.slice(0, email.indexOf('@'))],
  ...[name, workspace, siteFacts(site).name],
]

/** What to say when pressing the button again helps; undefined when it does not, since the fault is ours. */
function adviceOn(error: unknown, creation: Creation | 'superseded' | undefined): string | undefined {
  if (error instanceof OutsideError) return error.fault === 'refused' ? undefined : notAnswered
  if (codeOf(error) !== 'unavailable') return undefined
  return typeof creation === 'object' && 'account' in creation ? notSignedIn : notAsked
}

const secondsToWait = (error: unknown): number =>
  (error instanceof OutsideError ? error.retryAfterSeconds : undefined) ?? retrySeconds
