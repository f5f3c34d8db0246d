import type { Server } from 'node:http'
import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Log } from '../logging/log.ts'

export interface Stoppable {
  readonly server: Server
  readonly app: Pick<App, 'drain' | 'close'>
  readonly log: Log
  readonly drainSeconds: number
}

const longestRequestMilliseconds = 30_000
const idlePollMilliseconds = 50

/** On the first SIGTERM or SIGINT the process stops politely, on the second at once. */
export function stopOnSignal(parts: Stoppable): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) process.exit(1)
    stopping = true
    stop(parts).then(
      () => process.exit(0),
      (error: unknown) => {
        parts.log.fatal({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)
}

/**
 * Says "not ready" and keeps serving until the balancer has noticed, finishes the requests under way, then
 * closes the stores. The other order would fail the requests that are still coming.
 */
async function stop({ server, app, log, drainSeconds }: Stoppable): Promise<void> {
  log.info({ drainSeconds }, 'stopping: not ready any more, still serving')
  app.drain()
  // Node writes its compile cache only at a normal exit, and a signal is none.
  flushCompileCache()
  await wait(drainSeconds * 1000)
  await closed(server)
  await app.close()
  log.info('stopped')
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was busy at the first call is idle at a later one.
    const idle = setInterval(() => server.closeIdleConnections(), idlePollMilliseconds)
    const patience = setTimeout(() => server.closeAllConnections(), longestRequestMilliseconds)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(patience)
      resolve()
    })
  })
}
