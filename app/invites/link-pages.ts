import { randomUUID } from 'node:crypto'
import { pageContext } from '../pages/page-plan.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { InviteHandlers } from '../signup-side.ts'
import { emailAddress } from './email-address.ts'
import { inviteId } from './invite.ts'
import { inviteWording, textOf } from './invite-form.ts'
import { limited, type Refusal, refusalOf, sendRefusal } from './send-form.ts'

type LinkHandlers = Pick<InviteHandlers, 'linkForm' | 'askForLink' | 'linkAsked'>

const sent = '/signup/link/sent'

/** The form at /signup/link, for visitors whose invite link does not open. */
export function linkPages({ site, queue, limits }: SignupParts): LinkHandlers {
  const render = (view: string, url: string, title: string, form: object = {}) =>
    site().renderer.render(`invites/${view}`, {
      page: pageContext(site(), { title, url }),
      section: 'signup',
      form,
    })
  const formPage = (form: object = {}) =>
    render('link', '/signup/link', 'Ask for a new link', { ...form, wording: inviteWording })

  async function take(typed: string, ip: string): Promise<Refusal | undefined> {
    const seconds = await limits.take('link by client', ip)
    if (seconds > 0) return limited(seconds)
    // What is no address goes the same way and is no invite's in the end: nothing here tells one from another.
    const address = emailAddress(typed) ?? typed
    if ((await limits.take('link by address', address)) > 0) return undefined
    return refusalOf(queue.add({ id: randomUUID(), kind: 'new link', inviteId: inviteId(address) }))
  }

  return {
    linkForm(_req, res) {
      res.send(formPage())
    },
    async askForLink({ body, ip = '' }, res) {
      const email = textOf(body, 'email')
      const refusal = await take(email, ip)
      if (!refusal) return res.redirect(303, sent)
      sendRefusal(res, refusal, formPage({ fields: { email }, problem: refusal.problem }))
    },
    linkAsked(_req, res) {
      res.send(render('link-sent', sent, 'Look into your mailbox'))
    },
  }
}
