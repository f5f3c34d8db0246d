import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import type { Health } from './health/health.ts'
import { contentPage } from './pages/content-page.ts'
import { homePage } from './pages/home-page.ts'
import type { PublicRoute } from './pages/page-plan.ts'
import { blog, blogTag } from './pages/post-lists.ts'
import type { VisitorPage } from './visitor/visitor-page.ts'

/** Answered as it is, by every instance, even by one that is stopping. */
export type PlainRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: 'none'
  readonly answer: (req: IncomingMessage, res: ServerResponse) => void
}

/** For one visitor, with a session; never stored. */
export type PrivateRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly cache: 'private'
  readonly handler: RequestHandler
}

export interface Routes {
  readonly plain: readonly PlainRoute[]
  readonly public: readonly PublicRoute[]
  readonly private: readonly PrivateRoute[]
}

export interface RouteHandlers {
  readonly health: Health
  readonly live: PlainRoute['answer'] | undefined
  readonly visitor: VisitorPage
}

const minute = 60
const hour = 3600

/**
 * Every URL of the site. GET answers HEAD too. Files are not here: those under /static and at the root are
 * nginx's (in development Express's), and the pictures of the content have the addresses that content gives them.
 */
export const routes = ({ health, live, visitor }: RouteHandlers): Routes => ({
  plain: [
    { method: 'GET', path: '/healthz', cache: 'none', answer: health.alive },
    { method: 'GET', path: '/readyz', cache: 'none', answer: health.ready },
    ...(live ? [{ method: 'GET', path: '/_live', cache: 'none', answer: live } as const] : []),
  ],
  public: [
    { method: 'GET', path: '/', cache: 5 * minute, page: homePage },
    { method: 'GET', path: '/blog', cache: 5 * minute, page: blog },
    { method: 'GET', path: '/blog/page/:number', cache: 5 * minute, page: blog },
    { method: 'GET', path: '/blog/tags/:tag', cache: 5 * minute, page: blogTag },
    { method: 'GET', path: '/blog/tags/:tag/page/:number', cache: 5 * minute, page: blogTag },
    { method: 'GET', path: '/*path', cache: hour, page: contentPage },
  ],
  private: [
    { method: 'GET', path: '/session', cache: 'private', handler: visitor.show },
    { method: 'POST', path: '/session', cache: 'private', handler: visitor.introduce },
    { method: 'POST', path: '/session/forget', cache: 'private', handler: visitor.forget },
  ],
})
