import type { Request, RequestHandler } from 'express'
import { SiteError } from '../errors.ts'
import { csrfOf } from '../sessions/csrf.ts'
import type { SignupParts } from '../signup-parts.ts'
import { operatorView } from './operator-view.ts'
import { queueSummary } from './queue-summary.ts'

const page = { template: 'queue', title: 'Queue', url: '/admin/queue' } as const

/** The queue: each task of it where it is in Redis, counts where it is in memory. */
export function queuePages(parts: SignupParts): RequestHandler {
  const { jobs } = parts.queue
  if (!jobs) return countsPage(parts)
  let board: Promise<RequestHandler> | undefined
  return async (req, res, next) => {
    board ??= openBoard(parts, jobs)
    return (await board)(req, res, next)
  }
}

const countsPage =
  ({ site, queue }: SignupParts): RequestHandler =>
  async (req, res) => {
    if (req.path !== page.url) throw new SiteError('notFound', 'a queue in memory has one page')
    res.send(await operatorView(site(), req, page, { summary: queueSummary(await queue.counts()) }))
  }

/** Loaded when it is first looked at: few instances ever show it. */
async function openBoard(
  { config, site }: SignupParts,
  jobs: NonNullable<SignupParts['queue']['jobs']>,
): Promise<RequestHandler> {
  const [{ queueBoard, uiConfig }, { boardFiles }] = await Promise.all([
    import('./queue-board.ts'),
    import('./board-files.ts'),
  ])
  const files = boardFiles()
  const settings = JSON.stringify(uiConfig)
  const show = async (req: Request) =>
    operatorView(site(), req, { ...page, template: 'board' }, { base: `${page.url}/`, files, settings })
  return queueBoard({
    jobs,
    path: page.url,
    async page(req, res) {
      const html = await show(req)
      // The board's scripts send this cookie back as a header, as axios does everywhere.
      res.cookie('XSRF-TOKEN', csrfOf(req), {
        path: page.url,
        sameSite: 'strict',
        secure: config.publicUrl.startsWith('https:'),
      })
      res.send(html)
    },
  })
}
