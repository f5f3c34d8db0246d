import { createHash, randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import type { SignupParts } from '../signup-parts.ts'
import { audit } from './audit.ts'
import { operatorOf } from './operator-session.ts'
import { ownPath } from './own-path.ts'

/** What became of the click. */
export type Done = 'invite' | 'again' | 'gone'

const nonceForm = /^[\w-]{22}$/

/** Tells one showing of the page from the next. */
export const newNonce = (): string => randomBytes(16).toString('base64url')

/** The same button of the same page is the same task, however often it is pressed. */
const taskId = (nonce: string, inviteId: string, by: string): string =>
  `operator-${createHash('sha256').update([nonce, inviteId, by].join('\n')).digest('base64url').slice(0, 22)}`

/** Queues the invite, or another mail with a link, and shows the list again. */
export const inviteNow =
  ({ queue, invites }: SignupParts): RequestHandler =>
  async (req, res) => {
    const { id, nonce, again, here } = req.body as Record<string, unknown>
    if (typeof id !== 'string' || typeof nonce !== 'string' || !nonceForm.test(nonce)) {
      throw new SiteError('badRequest', 'an invite without its id or nonce')
    }
    const back = (done: Done) => res.redirect(303, withDone(ownPath(here), done))
    const invite = await invites.find(id)
    if (!invite || invite.state === 'signed up') return back('gone')
    const by = operatorOf(req)
    const isAgain = again === 'yes'
    await queue.add({ kind: 'invite', id: taskId(nonce, id, by), inviteId: id, by, again: isAgain })
    audit(req, isAgain ? 'invite again' : 'invite', { inviteId: id })
    back(isAgain ? 'again' : 'invite')
  }

function withDone(path: string, done: Done): string {
  const [page, query] = path.split('?')
  const said = new URLSearchParams(query)
  said.set('done', done)
  return `${page}?${said}`
}
