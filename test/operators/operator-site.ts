import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openAccounts } from '../../app/accounts/open-accounts.ts'
import type { Config } from '../../app/config/config.ts'
import { readConfig } from '../../app/config/read.ts'
import { consoleSide } from '../../app/console/console-side.ts'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import type { TaskQueue } from '../../app/deliveries/task-queue.ts'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { openLimits } from '../../app/limits/open-limits.ts'
import { createLog } from '../../app/logging/log.ts'
import { operatorHandlers } from '../../app/operators/operator-pages.ts'
import { openSite } from '../../app/pages/site.ts'
import { routes } from '../../app/routes.ts'
import type { TopSearches } from '../../app/search/search-side.ts'
import { openSessions } from '../../app/sessions/sessions.ts'
import { handlersBy } from '../../app/signup-side.ts'
import { createVisitorApp } from '../../app/visitor-app.ts'
import { contentFolder } from '../site/site.ts'
import { requestsTo, signIn } from './signed-in.ts'

const unused = () => {
  throw new Error('no page for operators')
}

interface Replaced {
  readonly topSearches?: TopSearches
  readonly counts?: TaskQueue['counts']
}

/**
 * The pages for operators as the site serves them, with nothing that works the queue off, so that a test sees what
 * was queued and makes the invites itself.
 */
export async function startOperatorSite(
  t: TestContext,
  changes: Partial<Config> = {},
  { topSearches = async () => [], counts }: Replaced = {},
) {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const config: Config = {
    ...readConfig({ NODE_ENV: 'test' }),
    contentDir: contentFolder(),
    cacheDir,
    logLevel: 'info',
    ...changes,
  }
  const lines: string[] = []
  const log = createLog(config, { write: (line) => void lines.push(line) })
  const site = await openSite(config, log)
  const [inner, limits] = await Promise.all([openTaskQueue('memory:'), openLimits(config)])
  const invites = memoryInviteStore()
  const added: Task[] = []
  const queue: TaskQueue = {
    ...inner,
    counts: counts ?? inner.counts,
    add(task, options) {
      added.push(task)
      return inner.add(task, options)
    },
  }
  const accounts = openAccounts(config)
  const parts = { config, log, site: () => site, queue, invites, limits, accounts, topSearches }
  const ofConsole = consoleSide(parts)
  const table = routes({
    health: { alive: unused, ready: unused },
    live: undefined,
    search: { page: unused, json: unused },
    visitor: { show: unused, introduce: unused, forget: unused },
    signup: { ...handlersBy(() => unused), ...operatorHandlers(parts) },
    console: ofConsole.handlers,
  })
  const app = createVisitorApp({
    config,
    log,
    site: () => site,
    sessions: await openSessions(config),
    operatorSessions: await openSessions(config, 'operator'),
    routes: table,
    isPage: () => false,
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(async () => {
    ofConsole.close()
    server.closeAllConnections()
    server.close()
    await Promise.all([queue.close(), limits.close(), accounts.close(), site.content.close()])
    rmSync(cacheDir, { recursive: true, force: true })
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const asked = requestsTo(url)
  return { ...asked, url, port, ofConsole, queue, added, invites, lines, signIn: () => signIn(asked) }
}

export type OperatorSite = Awaited<ReturnType<typeof startOperatorSite>>
