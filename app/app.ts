import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { openPageStore } from './cache/open-page-store.ts'
import { pageCache } from './cache/page-cache.ts'
import { codeVersion } from './code-version.ts'
import type { Config } from './config/config.ts'
import { consoleSide } from './console/console-side.ts'
import { createHealth } from './health/health.ts'
import type { LiveReload, LiveReloadParts } from './live/live-reload.ts'
import type { Log } from './logging/log.ts'
import { logRequest } from './logging/request-log.ts'
import type { Measured } from './metrics/measured.ts'
import { kindByPath } from './metrics/request-kind.ts'
import { requestTally } from './metrics/request-tally.ts'
import { oneAtATime, showInTime } from './pages/appearing.ts'
import { keptByFront } from './pages/front-cache.ts'
import { pathOf, publicPages } from './pages/public-pages.ts'
import { openSite, staticDir, viewsDir } from './pages/site.ts'
import { routes } from './routes.ts'
import { searchSide } from './search/search-side.ts'
import { signupSide } from './signup-side.ts'
import { visitorPage } from './visitor/visitor-page.ts'
import { type VisitorSide, visitorSide } from './visitor-side.ts'

export interface App {
  readonly listener: RequestListener
  /** Requests are counted only with `metricsPort`. */
  readonly measured: Measured
  /** Loads what the first page did without, so that no later one need wait for it. */
  warmUp(): Promise<void>
  /** From now on the instance calls itself not ready and asks clients to close their connections. */
  drain(): void
  /** Closes the stores; to be called when no request is under way. */
  close(): Promise<void>
}

/** Wires the website together; it opens its stores and files, but no port. */
export async function createApp(config: Config, log: Log): Promise<App> {
  const code = config.liveReload ? codeVersion() : ''
  let site = await openSite(config, log, code)
  let draining = false
  const store = await openPageStore(config.cacheUrl, log)
  const cache = pageCache({ memoryMb: config.pageMemoryMb, store })
  cache.use(site.version)

  const refresh = oneAtATime(async () => {
    const previous = site
    site = await openSite(config, log, code)
    cache.use(site.version)
    await previous.content.close()
    return { before: previous.assets, after: site.assets }
  })
  const appearing = showInTime({ next: () => site.content.next, refresh, log })
  const sources = { config, log, viewsDir, staticDir, refresh }
  const live = config.liveReload ? await startLive(sources) : undefined

  const search = searchSide({ config, log, site: () => site })

  const signup = signupSide({ config, log, site: () => site, topSearches: search.top })
  const ofConsole = consoleSide({ config, log, site: () => site })
  const stores = () => ({
    cache: store.state,
    sessions: visitors.sessionsState(),
    queue: signup.queueState(),
  })
  const openStores = () => Promise.all([visitors.open(), signup.open()])
  const table = routes({
    health: createHealth({ ...config, isDraining: () => draining, stores, openStores }),
    live: live?.listener,
    search,
    visitor: visitorPage({ site: () => site, instance: config.instance }),
    signup: signup.handlers,
    console: ofConsole.handlers,
  })
  const { plain, query, form, private: own, hook, operator } = table
  const pages = publicPages({
    routes: table.public,
    cache,
    site: () => site,
    server: config,
    kept: keptByFront(config),
    ownPaths: pathsOf([...query, ...form, ...own, ...hook, ...operator]),
  })
  const visitors: VisitorSide = visitorSide({
    config,
    log,
    site: () => site,
    routes: table,
    isPage: (url) => pages.has(url) || query.some(({ path }) => path === url),
  })

  const requests = config.metricsPort > 0 ? requestTally(kindByPath(table)) : undefined

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const route = plain.find(({ path }) => path === pathOf(req))
    if (route && isRead(req)) return route.answer(req, res)
    const asked = query.find(({ path }) => path === pathOf(req))
    try {
      if (asked && isRead(req)) return await asked.answer(req, res)
      if (isRead(req) && (await pages.answer(req, res))) return
    } catch (error) {
      return visitors.answer(req, res, error)
    }
    await visitors.answer(req, res)
  }

  return {
    measured: { requests, stores, queue: signup.queue },
    listener(req, res) {
      const start = performance.now()
      if (!req.url?.startsWith('/')) req.url = originForm(req.url)
      if (draining) res.shouldKeepAlive = false
      const answered = isRead(req) && pages.answerAtOnce(req, res)
      logRequest(log, req, res, start, requests?.count)
      if (answered) return
      answer(req, res).catch((error: unknown) => {
        log.error({ err: error, requestId: req.id }, 'a request was not answered')
        res.destroy()
      })
    },
    async warmUp() {
      await Promise.all([openStores(), config.liveReload && site.content.warmUp()])
    },
    drain() {
      draining = true
      appearing.stop()
      live?.close()
      ofConsole.close()
    },
    async close() {
      appearing.stop()
      await Promise.all([
        visitors.close(),
        signup.close(),
        search.close(),
        store.close(),
        site.content.close(),
      ])
    },
  }
}

const startLive = async (parts: LiveReloadParts): Promise<LiveReload> =>
  (await import('./live/live-reload.ts')).startLiveReload(parts)

const pathsOf = (routes: readonly { readonly path: string }[]): ReadonlySet<string> =>
  new Set(routes.map(({ path }) => path))

/** A client may send the whole address (RFC 9112, 3.2.2); what comes after the host is meant. */
function originForm(url = '/'): string {
  const whole = URL.parse(url)
  return whole ? whole.pathname + whole.search : url
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'
