import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type App, createApp } from '../app.ts'
import type { Config } from '../config/config.ts'
import { createLog, type Log } from '../logging/log.ts'
import { stopOnSignal } from './stop.ts'

// Longer than nginx and HAProxy keep an idle connection, or they would write into one that is just closing.
const keepAliveMilliseconds = 75_000
const headersMilliseconds = 10_000
const requestMilliseconds = 30_000

// Loading what only private pages need takes as long as the whole start: first comes the first page.
const warmUpDelayMilliseconds = 1000

/** Opens the website and listens; the process ends on SIGTERM or SIGINT. */
export async function start(config: Config): Promise<void> {
  const log = createLog(config)
  const app = await createApp(config, log)
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMilliseconds,
      headersTimeout: headersMilliseconds,
      requestTimeout: requestMilliseconds,
    },
    app.listener,
  )
  stopOnSignal({ server, app, log, drainSeconds: config.drainSeconds })
  await listen(server, config)
  announce(server, config, log)
  if (config.metricsPort > 0) await startMetrics(config, app)
  await wait(warmUpDelayMilliseconds, undefined, { ref: false })
  await app.warmUp()
}

// Loaded behind the port: no visitor waits for it.
async function startMetrics(config: Config, { measured }: App): Promise<void> {
  const { openMetrics } = await import('../metrics/open-metrics.ts')
  await openMetrics(config, { ...measured, part: 'webapp' })
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

function announce(server: Server, { environment }: Config, log: Log): void {
  const { port } = server.address() as AddressInfo
  if (environment === 'development') process.stdout.write(`\n  The site is at http://localhost:${port}\n\n`)
  log.info({ port }, 'listening')
  log.flush()
}
