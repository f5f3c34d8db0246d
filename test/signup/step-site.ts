import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openAccounts } from '../../app/accounts/open-accounts.ts'
import type { Config } from '../../app/config/config.ts'
import { readConfig } from '../../app/config/read.ts'
import { consoleHandlersBy } from '../../app/console/console-side.ts'
import { openTaskQueue } from '../../app/deliveries/open-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import type { TaskQueue } from '../../app/deliveries/task-queue.ts'
import { SiteError } from '../../app/errors.ts'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { openLimits } from '../../app/limits/open-limits.ts'
import { createLog } from '../../app/logging/log.ts'
import { openSite, type Site } from '../../app/pages/site.ts'
import { type RouteHandlers, routes } from '../../app/routes.ts'
import { openSessions, type Sessions } from '../../app/sessions/sessions.ts'
import { stepHandlers } from '../../app/signup/signup-pages.ts'
import type { SignupParts } from '../../app/signup-parts.ts'
import { handlersBy } from '../../app/signup-side.ts'
import { visitorPage } from '../../app/visitor/visitor-page.ts'
import { createVisitorApp } from '../../app/visitor-app.ts'
import { contentFolder } from '../site/site.ts'
import { type RunningStandIns, runStandIns, token } from '../standins/running.ts'
import { type Invited, invited } from './invited.ts'
import { type Visitor, visitorOf } from './visitor.ts'

/** The steps of the signup on a port of their own, with a way to their stores that a whole site does not give. */
export interface StepSite {
  readonly url: string
  readonly parts: SignupParts
  readonly sessions: Sessions
  readonly standIns: RunningStandIns
  /** What was queued. */
  readonly tasks: readonly Task[]
  readonly lines: readonly string[]
  /** Somebody with a link. */
  invite(about?: Parameters<typeof invited>[2]): Promise<Invited>
  /** Somebody who has come as far as the last step. */
  atLastStep(email?: string, workspace?: string): Promise<Visitor>
  /** Another instance with the same stores. */
  twin(changes?: Partial<SignupParts>): Promise<StepSite>
}

type Changes = Partial<SignupParts> & { readonly settings?: Partial<Config> }

let opened: Promise<Site> | undefined

function cacheDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'dogfood-steps-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Starts the steps with stand-ins for the account system. */
export async function startSteps(t: TestContext, changes: Changes = {}): Promise<StepSite> {
  const standIns = await runStandIns(t)
  const config: Config = {
    ...readConfig({ NODE_ENV: 'test' }),
    ...{ accountsUrl: standIns.url, accountsToken: token, logLevel: 'info', cacheDir: cacheDir() },
    ...changes.settings,
  }
  const sessions = await openSessions(config)
  t.after(sessions.close)
  return startInstance(t, { changes, standIns, config, sessions })
}

interface Shared {
  readonly changes: Partial<SignupParts>
  readonly standIns: RunningStandIns
  readonly config: Config
  readonly sessions: Sessions
}

async function startInstance(t: TestContext, shared: Shared): Promise<StepSite> {
  const { changes, standIns, config, sessions } = shared
  const lines: string[] = []
  const log = createLog(config, { write: (line) => void lines.push(line) })
  opened ??= openSite({ ...config, contentDir: contentFolder() }, createLog(config, { write: () => {} }))
  const site = await opened
  const queue = changes.queue ?? (await openTaskQueue('memory:'))
  const accounts = openAccounts(config)
  t.after(accounts.close)
  const tasks: Task[] = []
  const parts: SignupParts = {
    ...{ config, log, site: () => site, accounts },
    invites: await openInviteStore('memory:'),
    limits: await openLimits(config),
    ...changes,
    queue: recorded(queue, tasks),
  }
  const url = await listen(t, parts, sessions)
  const invite: StepSite['invite'] = (about) => invited(parts.invites, config.signupSecrets[0] ?? '', about)
  return {
    ...{ url, parts, sessions, standIns, tasks, lines, invite },
    async atLastStep(email = 'ada@example.com', workspace = 'engine') {
      const visitor = visitorOf(url)
      await visitor.submit((await invite({ email })).link)
      await visitor.submit('/signup/workspace', { workspace })
      return visitor
    },
    twin: (more = {}) =>
      startInstance(t, { ...shared, changes: { ...parts, queue, accounts: openAccounts(config), ...more } }),
  }
}

const recorded = (queue: TaskQueue, tasks: Task[]): TaskQueue => ({
  ...queue,
  async add(task, options) {
    await queue.add(task, options)
    tasks.push(task)
  },
})

async function listen(t: TestContext, parts: SignupParts, sessions: Sessions): Promise<string> {
  const missing = handlersBy(() => () => {
    throw new SiteError('unavailable', 'not a step')
  })
  const signup = { ...missing, ...stepHandlers(parts) }
  const table = routes({ signup, visitor: visitorPage({ site: parts.site, instance: 'one' }), ...others })
  const app = createVisitorApp({
    ...parts,
    ...{ sessions, operatorSessions: sessions, routes: table, isPage: () => false },
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const nothing = () => {}
const others: Omit<RouteHandlers, 'signup' | 'visitor'> = {
  health: { alive: nothing, ready: nothing },
  live: undefined,
  search: { page: async () => {}, json: async () => {} },
  console: consoleHandlersBy(() => nothing),
}
