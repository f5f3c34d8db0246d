import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net'
import type { LoadedStandIns } from './load.ts'
import type { StandInSettings } from './settings.ts'

export interface StandIns {
  /** Of both APIs and the page. */
  readonly url: string
  readonly mailUrl: string
  close(): Promise<void>
}

/**
 * Listens for HTTP and SMTP. What answers is loaded at the first connection, so that a site that starts the
 * stand-ins with itself starts as fast as without.
 * @param asGuest in a process that is about something else: takes another port where one is taken, and does not
 * keep the process from ending.
 */
export async function startStandIns(settings: StandInSettings, asGuest = false): Promise<StandIns> {
  let loading: Promise<LoadedStandIns> | undefined
  const load = () => {
    loading ??= import('./load.ts').then(({ loadStandIns }) => loadStandIns(settings))
    return loading
  }
  const sockets = new Set<Socket>()
  const http = createServer(async (req, res) => (await load()).app(req, res))
  const mail = createNetServer(async (socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}))
    const { smtp } = await load()
    smtp.connect(socket)
  })
  const [port, smtpPort] = await Promise.all([
    listen(http, settings.port, settings.host, asGuest),
    listen(mail, settings.smtpPort, settings.host, asGuest),
  ])
  if (asGuest) {
    http.unref()
    mail.unref()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    mailUrl: `smtp://127.0.0.1:${smtpPort}`,
    async close() {
      const closed = Promise.all([closedServer(http), closedServer(mail)])
      http.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      const loaded = await loading
      loaded?.close()
      await closed
    },
  }
}

/** The port it listens on. */
async function listen(server: HttpServer | Server, port: number, host: string, orAnyPort: boolean) {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    if (!orAnyPort || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    server.listen(0, host)
    await once(server, 'listening')
  }
  return (server.address() as AddressInfo).port
}

const closedServer = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()))
