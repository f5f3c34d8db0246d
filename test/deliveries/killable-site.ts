import type { TestContext } from 'node:test'
import { freePort } from '../lab/docker.ts'
import { type RunningStandIns, runStandIns, token } from '../standins/running.ts'
import { type QueueRedis, startQueueRedis } from './redis-queue.ts'
import { alwaysRunning, alwaysThere, type Victim } from './victims.ts'

/** Deliveries of a kind that the worker has under way at a time. */
export const concurrency = 4

/** Signs all that is signed there. */
export const secret = 'signs-the-forms-of-a-test-and-is-long-enough'

/** The site, its worker and its stores as production has them, with stand-ins outside. */
export interface KillableSite {
  readonly url: string
  readonly standIns: RunningStandIns
  readonly queue: QueueRedis
  readonly sessions: QueueRedis
  readonly victims: Readonly<Record<'web' | 'worker' | 'redisqueue', Victim>>
}

export async function startKillableSite(t: TestContext): Promise<KillableSite> {
  const [queue, sessions, port] = await Promise.all([startQueueRedis(), startQueueRedis(), freePort()])
  t.after(() => Promise.all([queue.remove(), sessions.remove()]))
  const url = `http://127.0.0.1:${port}`
  const standIns = await runStandIns(t, { siteUrl: url, publicUrl: url, crmWebhookSecret: secret })
  const settings = {
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'info', PUBLIC_URL: url, SIGNUP_SECRETS: secret },
    ...{ QUEUE_URL: queue.url, SESSIONS_URL: sessions.url, INVITES_PER_HOUR: '1000000' },
    ...{ CRM_URL: standIns.url, CRM_TOKEN: token, CRM_WEBHOOK_SECRET: secret },
    ...{ ACCOUNTS_URL: standIns.url, ACCOUNTS_TOKEN: token, MAIL_URL: standIns.mailUrl },
    WORKER_CONCURRENCY: String(concurrency),
  }
  const [web, worker] = await Promise.all([
    alwaysRunning(t, { ...settings, PORT: String(port) }, 'app/server.ts'),
    alwaysRunning(t, settings, 'app/worker.ts'),
  ])
  return { url, standIns, queue, sessions, victims: { web, worker, redisqueue: alwaysThere(queue) } }
}
