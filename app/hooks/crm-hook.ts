import type { Request } from 'express'
import { SiteError } from '../errors.ts'
import type { SignupParts } from '../signup-parts.ts'
import type { HookHandlers } from '../signup-side.ts'
import { invitedTasks } from './crm-events.ts'
import { isSigned, type SignedRequest } from './signature.ts'

type HookParts = Pick<SignupParts, 'queue'> & {
  readonly config: Pick<SignupParts['config'], 'crmWebhookSecret' | 'publicUrl'>
}

/**
 * Answers what the CRM calls when a contact changes there: 204 once every event that can be read is on disk, so that the CRM sends
 * again whatever is not.
 */
export const crmHookHandlers = ({ config, queue }: HookParts): HookHandlers => ({
  async crmHook(req, res) {
    if (config.crmWebhookSecret === '') throw new SiteError('notFound', 'CRM_WEBHOOK_SECRET is not set')
    const request = signedRequest(req, config.publicUrl)
    if (!isSigned(config.crmWebhookSecret, request)) {
      req.log.warn('a call to /hooks/crm was not signed by the CRM: see CRM_WEBHOOK_SECRET and PUBLIC_URL')
      throw new SiteError('forbidden', 'a signature that is missing, old or wrong')
    }
    const { tasks, unread } = invitedTasks(request.body)
    if (unread.length > 0)
      req.log.error(
        { unread },
        'events of the CRM cannot be read and are left out: look there whom it invited just now',
      )
    await Promise.all(tasks.map((task) => queue.add(task)))
    res.status(204).end()
  },
})

const signedRequest = (req: Request, publicUrl: string): SignedRequest => ({
  method: req.method,
  uri: publicUrl + req.originalUrl,
  body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
  timestamp: req.get('x-hubspot-request-timestamp') ?? '',
  signature: req.get('x-hubspot-signature-v3') ?? '',
})
