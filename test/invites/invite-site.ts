import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { memoryTaskQueue } from '../../app/deliveries/memory-task-queue.ts'
import type { Task } from '../../app/deliveries/task.ts'
import type { TaskQueue } from '../../app/deliveries/task-queue.ts'
import { SiteError } from '../../app/errors.ts'
import { openedAt } from '../../app/invites/form-clock.ts'
import { inviteHandlers } from '../../app/invites/invite-pages.ts'
import type { LimitName, Limits } from '../../app/limits/limits.ts'
import { createLog } from '../../app/logging/log.ts'
import { openSite } from '../../app/pages/site.ts'
import { routes } from '../../app/routes.ts'
import { openSessions } from '../../app/sessions/sessions.ts'
import { handlersBy, type InviteHandlers } from '../../app/signup-side.ts'
import { createVisitorApp } from '../../app/visitor-app.ts'
import { contentFolder } from '../site/site.ts'

/** The pages before the invite on a port of their own; no worker takes what they queue. */
export interface InviteSite {
  readonly url: string
  readonly port: number
  readonly server: Server
  readonly secrets: readonly string[]
  /** All that was queued, oldest first. */
  readonly tasks: Task[]
  /** What was taken of which limit. */
  readonly taken: [limit: LimitName, key: string][]
  /** Seconds to wait, by the limit that has nothing left. */
  readonly spent: Partial<Record<LimitName, number>>
  queueIsDown: boolean
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(
    path: string,
    form: Record<string, string> | string[][] | string,
    headers?: Record<string, string>,
  ): Promise<Response>
}

export async function startInviteSite(t: TestContext): Promise<InviteSite> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-invites-'))
  t.after(() => rmSync(cacheDir, { recursive: true, force: true }))
  const config = { ...readConfig({ NODE_ENV: 'test' }), contentDir: contentFolder(), cacheDir }
  const log = createLog(config, { write: () => {} })
  const site = await openSite(config, log)
  const queue = memoryTaskQueue()
  const { server, url, port } = await listen()
  const invites: InviteSite = {
    url,
    port,
    server,
    secrets: config.signupSecrets,
    tasks: [],
    taken: [],
    spent: {},
    queueIsDown: false,
    get: (path, headers = {}) => fetch(url + path, { headers, redirect: 'manual' }),
    post: (path, form, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
        headers: { origin: url, ...headers },
      }),
  }
  const handlers = inviteHandlers({
    ...({} as Pick<Parameters<typeof inviteHandlers>[0], 'invites' | 'accounts'>),
    config,
    log,
    site: () => site,
    queue: seenBy(invites, queue),
    limits: limitsOf(invites),
  })
  const sessions = await openSessions(config)
  const none = { private: [], hook: [], operator: [] }
  const parts = { config, log, site: () => site, sessions, operatorSessions: sessions, isPage: () => false }
  server.on('request', createVisitorApp({ ...parts, routes: { form: formRoutes(handlers), ...none } }))
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([queue.close(), site.content.close()])
  })
  return invites
}

/** A form at /invite as a person sends it, opened three seconds ago. */
export const filled = (
  { secrets }: Pick<InviteSite, 'secrets'>,
  changes: Record<string, string> = {},
): Record<string, string> => ({
  opened: openedAt(secrets, Date.now() - 3000),
  email: 'ann@example.com',
  name: 'Ann Onym',
  company: '',
  purpose: '',
  website: '',
  consent: 'yes',
  ...changes,
})

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  return { server, port, url: `http://127.0.0.1:${port}` }
}

const seenBy = (site: Pick<InviteSite, 'queueIsDown' | 'tasks'>, queue: TaskQueue): TaskQueue => ({
  ...queue,
  async add(task, options) {
    if (site.queueIsDown) throw new SiteError('unavailable', 'the queue does not answer')
    await queue.add(task, options)
    site.tasks.push(task)
  },
})

const limitsOf = ({ taken, spent }: Pick<InviteSite, 'taken' | 'spent'>): Limits => ({
  async take(limit, key) {
    taken.push([limit, key])
    return spent[limit] ?? 0
  },
  close: async () => {},
})

/** The routes as the site has them; those of other parts are not asked for. */
function formRoutes(handlers: InviteHandlers) {
  const others = new Proxy({}, { get: () => () => {} })
  const { form } = routes({
    health: others,
    search: others,
    visitor: others,
    live: undefined,
    console: others,
    signup: { ...handlersBy(() => () => {}), ...handlers },
  } as unknown as Parameters<typeof routes>[0])
  return form
}
