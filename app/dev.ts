import { join } from 'node:path'
import { loadConfig } from './config/environment.ts'
import { supervise } from './live/supervisor.ts'
import { watchFiles } from './live/watch.ts'
import { startOrExplain } from './start/explain.ts'

// The server, or another entry of this folder.
const [, , entry = 'server.ts'] = process.argv
// The server shows its other sources by itself.
const isServer = entry === 'server.ts'
const only = isServer ? /\.ts$/ : /\.(?:ts|njk)$/
// A worker finishes the deliveries it has begun, which takes 13 s at most.
const patience = isServer ? 5000 : 15_000

// Node's own --watch loses a file that is saved by rename, as many editors do, and those of worker threads.
await startOrExplain(async () => {
  const { watchByPolling } = loadConfig()
  const watcher = await watchFiles({ code: import.meta.dirname }, () => server.restart(), {
    only,
    polling: watchByPolling,
  })
  const server = supervise([join(import.meta.dirname, entry)], {
    patience,
    onEnd: (how) => console.error(`${entry} ended (${how}). It starts again when a file is saved.`),
  })
  const stop = async (signal: NodeJS.Signals) => {
    await watcher.close()
    // A terminal sends Ctrl-C to both processes, and a second signal would cut the server's stop short.
    const toServer = signal === 'SIGINT' && process.stdin.isTTY ? 0 : signal
    process.exitCode = await server.stop(toServer)
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
})
