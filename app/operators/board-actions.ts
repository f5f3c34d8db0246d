import { type Request, type RequestHandler, Router } from 'express'
import type { TaskJobs } from '../deliveries/redis-task-queue.ts'
import { hasCsrf } from '../sessions/csrf.ts'
import { audit } from './audit.ts'

/** What may be done to the queues, by the board's own addresses: nothing that changes a task or loses one. */
const allowed: Readonly<Record<string, string>> = {
  '/api/queues/:queue/:task/retry': 'try again',
  '/api/queues/:queue/retry/failed': 'try all again',
  '/api/queues/:queue/:task/promote': 'try now',
  '/api/queues/:queue/promote': 'try all now',
  '/api/queues/:queue/pause': 'pause',
  '/api/queues/:queue/resume': 'resume',
  '/api/queues/pause': 'pause all',
  '/api/queues/resume': 'resume all',
}
const remove = '/api/queues/:queue/:task/clean'

const refusals = {
  token: 'The page is too old: load it again.',
  lossy: 'Tasks are not added, changed or removed here: a visitor would be lost.',
  alive: 'Only a dead letter can be removed.',
} as const

/** Lets through what reads, and of what changes something only the allowed; each such call is audited. */
export function boardActions(jobs: readonly TaskJobs[]): RequestHandler {
  const actions = Router()
  actions.use((req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') return next('router')
    if (hasCsrf(req, req.get('x-xsrf-token'))) return next()
    res.status(403).json({ error: refusals.token })
  })
  for (const [path, action] of Object.entries(allowed)) actions.put(path, audited(action))
  actions.put(remove, onlyDeadLetters(jobs), audited('remove'))
  actions.use((_req, res) => void res.status(403).json({ error: refusals.lossy }))
  return actions
}

/** The line says how it ended, so it is written when it has. */
const audited =
  (action: string): RequestHandler =>
  (req, res, next) => {
    const { queue, task } = req.params as Record<string, string | undefined>
    res.on('finish', () =>
      audit(req, 'queue action', { done: action, queue, task, status: String(res.statusCode) }),
    )
    next('router')
  }

const onlyDeadLetters =
  (jobs: readonly TaskJobs[]): RequestHandler =>
  async (req, res, next) => {
    if (await isDeadLetter(jobs, req)) return next()
    res.status(403).json({ error: refusals.alive })
  }

async function isDeadLetter(jobs: readonly TaskJobs[], { params }: Request): Promise<boolean> {
  const queue = jobs.find(({ name }) => name === params.queue)
  return (await queue?.getJobState(String(params.task))) === 'failed'
}
