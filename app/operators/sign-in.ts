import type { Request, RequestHandler, Response } from 'express'
import type { Config } from '../config/config.ts'
import { development } from '../config/development.ts'
import { statusOf } from '../errors.ts'
import { hasCsrf } from '../sessions/csrf.ts'
import { endSession } from '../sessions/session.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { OperatorHandlers } from '../signup-side.ts'
import { audit } from './audit.ts'
import { checkOperator } from './check-operator.ts'
import { beginOperatorSession, isSignedIn } from './operator-session.ts'
import { operatorView } from './operator-view.ts'
import { ownPath } from './own-path.ts'

type SignInHandlers = Pick<OperatorHandlers, 'signInForm' | 'signIn' | 'operatorSignOut'>

const page = { template: 'sign-in', title: 'Operators', url: '/admin/sign-in' } as const

const texts = {
  wrong: 'No operator has this name with this password.',
  old: 'The form had become too old, so nothing was checked. Please send it again.',
  limited: 'There were too many attempts. Please wait before the next one.',
} as const

// No operator's name is longer, and a limit's key is stored.
const longestName = 64

/** Signing in and out. */
export function signInHandlers({ config, site, limits }: SignupParts): SignInHandlers {
  const check = checkOperator(config.operators)

  const show = async (req: Request, res: Response, form: { to: string; name?: string; problem?: string }) => {
    res.send(await operatorView(site(), req, page, { ...form, hint: hintOf(config) }))
  }

  /** Seconds to wait before the next attempt. Who may not try anyway takes nothing from the name. */
  const waitOf = async ({ ip = '' }: Request, name: string): Promise<number> =>
    (await limits.take('sign-in by client', ip)) || limits.take('sign-in by name', name)

  const signIn: RequestHandler = async (req, res) => {
    const to = ownPath(req.body?.to)
    const name = String(req.body?.name ?? '').slice(0, longestName)
    if (!hasCsrf(req)) {
      res.status(statusOf.forbidden)
      return show(req, res, { to, name, problem: texts.old })
    }
    const wait = await waitOf(req, name)
    if (wait > 0) {
      audit(req, 'sign-in limited', { operator: knownName(config, name) })
      res.status(statusOf.tooMany).set('Retry-After', String(Math.ceil(wait)))
      return show(req, res, { to, name, problem: texts.limited })
    }
    const operator = await check(name, String(req.body?.password ?? ''))
    if (!operator) {
      audit(req, 'sign-in refused', { operator: knownName(config, name) })
      res.status(statusOf.invalid)
      return show(req, res, { to, name, problem: texts.wrong })
    }
    await beginOperatorSession(req, operator)
    audit(req, 'signed in')
    res.redirect(303, to)
  }

  return {
    signIn,
    async signInForm(req, res) {
      const to = ownPath(req.query.to)
      if (isSignedIn(req.session.operator, config.operators, Date.now())) return res.redirect(303, to)
      await show(req, res, { to })
    },
    async operatorSignOut(req, res) {
      audit(req, 'signed out')
      await endSession(req)
      res.redirect(303, page.url)
    },
  }
}

/** Only names that there are: in the field for the name people type passwords too. */
const knownName = ({ operators }: Config, name: string): string | undefined =>
  operators.find((entry) => entry.name === name)?.name

/** How to get in, where that may be told. */
function hintOf({ environment, operators }: Config): 'none' | 'laptop' | undefined {
  if (operators.length === 0) return 'none'
  const isDefault = operators === development.operators
  return environment === 'development' && isDefault ? 'laptop' : undefined
}
