import { randomUUID } from 'node:crypto'
import { pageContext } from '../pages/page-plan.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { InviteHandlers } from '../signup-side.ts'
import { openedAt, readOpened } from './form-clock.ts'
import { fieldsToCheck, type Problem, pressAgain } from './form-problem.ts'
import {
  type InviteErrors,
  type InviteFields,
  type InviteForm,
  inviteLengths,
  inviteWording,
  readInviteForm,
  textOf,
} from './invite-form.ts'
import { limited, type Refusal, refusalOf, sendRefusal } from './send-form.ts'

type RequestHandlers = Pick<InviteHandlers, 'inviteForm' | 'requestInvite' | 'inviteThanks'>

interface Shown {
  readonly fields: Partial<InviteFields>
  readonly opened: string
  readonly problem?: Problem
  readonly errors?: InviteErrors | undefined
}

const thanks = '/invite/thanks'
// A field that nobody sees: programs fill in whatever there is.
const trap = 'website'

/** The form at /invite: what is right goes into the queue, whoever it is from. */
export function requestPages({ config, site, queue, limits, log }: SignupParts): RequestHandlers {
  const secrets = config.signupSecrets
  const render = (view: string, url: string, title: string, form: object = {}) =>
    site().renderer.render(`invites/${view}`, {
      page: pageContext(site(), { title, url }),
      section: 'invite',
      form,
    })
  const formPage = (shown: Shown) =>
    render('invite', '/invite', 'Request an invite', {
      ...shown,
      wording: inviteWording,
      lengths: inviteLengths,
    })

  async function take(form: InviteForm, body: unknown, ip: string): Promise<Refusal | undefined> {
    const opened = readOpened(secrets, textOf(body, 'opened'), Date.now())
    if ('errors' in form) return { code: 'invalid', problem: fieldsToCheck }
    const trapped = textOf(body, trap) !== ''
    if (opened !== 'in time' || trapped) {
      log.info({ opened, trapped }, 'an invite request looks like that of a program')
      return { code: 'invalid', problem: pressAgain }
    }
    const { request } = form
    const seconds =
      (await limits.take('invite by client', ip)) || (await limits.take('invite by address', request.email))
    if (seconds > 0) return limited(seconds)
    const at = new Date().toISOString()
    return refusalOf(queue.add({ id: randomUUID(), kind: 'request', request: { ...request, at } }))
  }

  return {
    inviteForm(_req, res) {
      res.send(formPage({ fields: {}, opened: openedAt(secrets, Date.now()) }))
    },
    async requestInvite({ body, ip = '' }, res) {
      const form = readInviteForm(body)
      const refusal = await take(form, body, ip)
      if (!refusal) return res.redirect(303, thanks)
      const { problem } = refusal
      const errors = 'errors' in form ? form.errors : undefined
      sendRefusal(res, refusal, formPage({ fields: form.fields, opened: stillOpened(body), problem, errors }))
    },
    inviteThanks(_req, res) {
      res.send(render('thanks', thanks, 'Thank you'))
    },
  }

  /** The moment that the visitor's form had, so that it passes next time; a new one where it would not. */
  function stillOpened(body: unknown): string {
    const field = textOf(body, 'opened')
    return readOpened(secrets, field, Date.now()) === 'unknown' ? openedAt(secrets, Date.now()) : field
  }
}
