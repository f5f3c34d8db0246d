import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openAccounts } from '../accounts/open-accounts.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/read.ts'
import { openCrm } from '../crm/open-crm.ts'
import { createHealth } from '../health/health.ts'
import { openInviteStore } from '../invites/open-invite-store.ts'
import { createLog } from '../logging/log.ts'
import { openMailer } from '../mail/open-mailer.ts'
import { stopOnSignal } from '../start/stop.ts'
import { openMailWords } from './mail-words.ts'
import { openTaskQueue } from './open-task-queue.ts'
import { startDeliveries } from './start-deliveries.ts'

/** Works off the queue until SIGTERM or SIGINT, and answers /healthz and /readyz at its port. */
export async function startWorker(config: Config): Promise<void> {
  if (config.queueUrl === 'memory:') {
    throw new ConfigError([
      'QUEUE_URL: a worker cannot reach memory: of another process, expected redis://HOST:PORT',
    ])
  }
  const log = createLog(config)
  const [queue, invites, words] = await Promise.all([
    openTaskQueue(config.queueUrl),
    openInviteStore(config.queueUrl),
    openMailWords(config),
  ])
  const clients = { crm: openCrm(config), accounts: openAccounts(config), mailer: openMailer(config) }
  let draining = false
  const stores = () => ({ queue: queue.state(), invites: invites.state() })
  const health = createHealth({
    ...config,
    isDraining: () => draining,
    stores,
  })
  const server = await listen(config, (req, res) => {
    if (req.url === '/healthz') return health.alive(req, res)
    if (req.url === '/readyz') return health.ready(req, res)
    res.writeHead(404).end()
  })
  const measured = { part: 'worker', stores, queue: () => queue } as const
  const metrics =
    config.metricsPort > 0
      ? await (await import('../metrics/open-metrics.ts')).openMetrics(config, measured)
      : undefined
  const countAttempt = metrics?.countAttempt
  const deliveries = startDeliveries({ config, log, queue, invites, ...clients, ...words, countAttempt })
  const app = {
    drain() {
      draining = true
    },
    async close() {
      await deliveries.stop()
      await Promise.all([clients.accounts.close(), queue.close(), invites.close()])
    },
  }
  stopOnSignal({ server, app, log, drainSeconds: 0 })
  log.info({ port: (server.address() as AddressInfo).port }, 'working')
  log.flush()
}

async function listen({ port, host }: Config, listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(port, host)
  await once(server, 'listening')
  return server
}
