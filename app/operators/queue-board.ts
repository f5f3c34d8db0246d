import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { ExpressAdapter } from '@bull-board/express'
import express, { type Express, type RequestHandler } from 'express'
import type { TaskJobs } from '../deliveries/redis-task-queue.ts'
import type { QueueName } from '../deliveries/task.ts'
import { boardActions } from './board-actions.ts'
import { boardWords, language } from './board-words.ts'
import { queueLabels } from './queue-summary.ts'

export interface BoardParts {
  readonly jobs: readonly TaskJobs[]
  /** Answers the page in which the board's scripts run. */
  readonly page: RequestHandler
  /** Where it is, without a slash at the end. */
  readonly path: string
}

/** bull-board over the queues, with our own page around its scripts and only what loses nobody to be done. */
export function queueBoard({ jobs, page, path }: BoardParts): RequestHandler {
  const adapter = new ExpressAdapter().setBasePath(path)
  createBullBoard({
    queues: jobs.map((queue) => boardQueue(queue)),
    serverAdapter: adapter,
    options: { uiConfig },
  })
  const board = adapter.getRouter() as Express
  board.disable('x-powered-by')
  // What is not the board's scripts or what they ask for is a page of it: its own would load fonts from elsewhere.
  const inner = express.Router()
  inner.get(`/static/locales/${language}/messages.json`, (_req, res) => void res.json(boardWords()))
  inner.use(boardActions(jobs))
  inner.get(/^\/(?!api\/|static\/)/, page)
  inner.use(board)
  return express().disable('x-powered-by').use(path, inner)
}

export const uiConfig = {
  boardTitle: 'Queue',
  boardLogo: { path: '/icon.svg', width: 28, height: 28 },
  favIcon: { default: '/icon.svg', alternative: '/favicon.ico' },
  locale: { lng: language },
  miscLinks: [{ text: 'Back to the invites', url: '/admin' }],
  hideDocsLink: true,
  hideRedisDetails: true,
}

function boardQueue(queue: TaskJobs): BullMQAdapter {
  const { name, about } = queueLabels[queue.name as QueueName]
  return new BullMQAdapter(queue, { displayName: name, description: about })
}
