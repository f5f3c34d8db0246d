import type { RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import type { SignupParts } from '../signup/signup-parts.ts'
import { operatorView } from './operator-view.ts'
import { queueSummary } from './queue-summary.ts'

const page = { template: 'queue', title: 'Queue', url: '/admin/queue' } as const

/** The queue in memory as a page of counts. */
export const queuePages =
  ({ site, queue }: SignupParts): RequestHandler =>
  async (req, res) => {
    if (req.path !== page.url) throw new SiteError('notFound', 'a queue in memory has one page')
    res.send(await operatorView(site(), req, page, { summary: queueSummary(await queue.counts()) }))
  }
