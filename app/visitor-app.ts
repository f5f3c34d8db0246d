import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { pinoHttp } from 'pino-http'
import type { Config } from './config/config.ts'
import { canonicalPath } from './content/canonical-path.ts'
import { ContentError } from './content/fault.ts'
import { codeOf, SiteError, statusOf } from './errors.ts'
import { cardFiles } from './files/card-files.ts'
import { contentFiles, rootFiles, staticFiles } from './files/files.ts'
import { pictureFiles } from './files/picture-files.ts'
import type { Log } from './logging/log.ts'
import { requestIdOf } from './logging/request-log.ts'
import { operatorsOnly } from './operators/operators-only.ts'
import { contentPage } from './pages/content-page.ts'
import { errorPage, faultPage } from './pages/error-page.ts'
import {
  briefly,
  forEverybody,
  isForEverybody,
  keptByFront,
  notForEverybody,
  refuseToShare,
} from './pages/front-cache.ts'
import type { Site } from './pages/site.ts'
import type { Routes } from './route-kinds.ts'
import { sameOriginOnly } from './sessions/same-origin.ts'
import type { Sessions } from './sessions/sessions.ts'
import { believeNextHop } from './visitor/next-hop.ts'

declare module 'node:http' {
  interface IncomingMessage {
    /** What made a public page fail, to be answered with an error page. */
    failure?: unknown
  }
}

export type VisitorRoutes = Pick<Routes, 'form' | 'private' | 'hook' | 'operator'>

export interface VisitorAppParts {
  readonly config: Config
  readonly log: Log
  readonly site: () => Site
  readonly sessions: Sessions
  readonly operatorSessions: Sessions
  readonly routes: VisitorRoutes
  /** Whether the content has a page there. */
  readonly isPage: (url: string) => boolean
}

const largestForm = '16kb'
// A CRM tells of up to a hundred changes at once.
const largestHook = '64kb'
const retrySeconds = '5'

/** The Express application for everything that is not a public page: private pages, files, and what is not there. */
export function createVisitorApp(parts: VisitorAppParts): Express {
  const { config, log, site, routes, isPage } = parts
  const app = express()
  believeNextHop(app, config.trustProxy)
  app.set('etag', false).disable('x-powered-by')
  app.enable('strict routing').enable('case sensitive routing')
  // The request's own line is written once for all requests, see request-log.ts; here, handlers get `req.log`.
  app.use(
    pinoHttp({
      logger: log,
      autoLogging: false,
      quietReqLogger: true,
      genReqId: requestIdOf,
      customAttributeKeys: { reqId: 'requestId' },
    }),
  )
  app.use(passFailure)
  if (config.serveFiles) app.use(rootFiles())
  const files = [
    staticFiles(() => site().assets),
    contentFiles(() => site().content, keptByFront(config)),
    pictureFiles(() => site().content, config.cacheDir),
    cardFiles(site, config.cacheDir),
  ]
  app.use(files.map((handler) => forEverybody(keptByFront(config), handler)))

  addRoutes(app, parts)
  app.use(neverStored, nothingHere(site, allOf(routes), isPage))
  return app.use(answerError(site, config))
}

function addRoutes(
  app: Express,
  { config, site, sessions, operatorSessions, routes }: VisitorAppParts,
): void {
  const form = express.urlencoded({ extended: false, limit: largestForm })
  const ours = [notForEverybody(keptByFront(config)), neverStored, sameOriginOnly]
  for (const { method, path, handler } of routes.form) app[verbs[method]](path, ...ours, form, handler)
  const bytes = express.raw({ type: () => true, limit: largestHook })
  for (const { path, handler } of routes.hook) app.post(path, neverStored, bytes, handler)
  const guards = { nobody: [], operator: [operatorsOnly(config)] }
  for (const { method, path, handler, for: whom } of routes.operator) {
    app[verbs[method]](path, ...ours, operatorSessions.middleware, ...guards[whom], form, handler)
  }
  const visitor = [...ours, sessions.middleware]
  for (const { method, path, handler } of routes.private) app[verbs[method]](path, ...visitor, form, handler)
  app.get('/{*path}', onlyPrivatePages(site), ...visitor, privatePage(site))
}

/** Nobody has the address: everybody is told so, and nothing has failed. */
class NobodysAddress extends SiteError {}

const verbs = { GET: 'get', POST: 'post', ALL: 'all' } as const

type ListedRoute = { readonly method: keyof typeof verbs; readonly path: string }

const allOf = ({ form, private: own, hook, operator }: VisitorRoutes): readonly ListedRoute[] => [
  ...form,
  ...own,
  ...hook,
  ...operator,
]

const passFailure: RequestHandler = (req, _res, next) => next(req.failure)

/** Marks the answer as one visitor's: no cache on the way may keep it. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.pageCache = 'bypass'
  res.set({ 'Cache-Control': 'private, no-store', 'X-Page-Cache': 'bypass' })
  next()
}

const planOf = (site: Site, url: string) => contentPage(site, { url }, 0)

const onlyPrivatePages =
  (site: () => Site): RequestHandler =>
  (req, _res, next) =>
    next(planOf(site(), req.path)?.cache === 'private' ? undefined : 'route')

/** A page of the content whose front matter says `cache: private`. */
const privatePage =
  (site: () => Site): RequestHandler =>
  async (req, res) => {
    res.send(await planOf(site(), req.path)?.render({ ...req.session.visitor }))
  }

const nothingHere =
  (site: () => Site, routes: readonly ListedRoute[], isPage: (url: string) => boolean): RequestHandler =>
  (req, res) => {
    const { content } = site()
    const url = canonicalPath(req.path) ?? req.path
    const faults = content.faultsAt(url)
    if (faults.length > 0) throw new ContentError(faults)
    const methods: string[] = routes.filter(({ path }) => path === url).map(({ method }) => method)
    if (isPage(url) || content.media(url) !== undefined) methods.push('GET')
    if (methods.length === 0) throw new NobodysAddress('notFound', `no page at ${req.path}`)
    res.set('Allow', methods.join(', ').replace('GET', 'GET, HEAD'))
    throw new SiteError('methodNotAllowed', `${req.method} of ${req.path}`)
  }

const answerError =
  (site: () => Site, config: Config): ErrorRequestHandler =>
  (error, req, res, _next) => {
    const broken = error instanceof ContentError
    const code = broken ? 'brokenContent' : codeOf(error)
    if (statusOf[code] >= 500) req.log.error({ err: error }, error.message)
    if (res.headersSent) return void res.destroy()
    // There may have been a page, of which nginx has a copy.
    if (code === 'methodNotAllowed' && isForEverybody(req)) return refuseToShare(res, keptByFront(config))
    res.removeHeader('X-Accel-Expires')
    if (code === 'unavailable') res.set('Retry-After', retrySeconds)
    res.set({ 'Cache-Control': 'private, no-store', 'X-Page-Cache': 'bypass' }).status(statusOf[code])
    if (error instanceof NobodysAddress) {
      if (!config.liveReload) res.set({ 'Cache-Control': briefly, ...keptByFront(config) })
      return void res.send(errorPage(site(), code, '', req.path))
    }
    res.send(
      broken && config.liveReload
        ? faultPage(site(), error.faults)
        : errorPage(site(), code, req.id, req.path),
    )
  }
