import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import { atom, json, llmsTxt, robotsTxt } from './feeds/feed-pages.ts'
import { sitemapPage } from './feeds/sitemap-page.ts'
import type { Health } from './health/health.ts'
import { contentPage } from './pages/content-page.ts'
import { homePage } from './pages/home-page.ts'
import type { PublicRoute } from './pages/page-plan.ts'
import { blog, blogTag, blogTags } from './pages/post-lists.ts'
import type { SearchAnswers } from './search/search-answers.ts'
import type { VisitorPage } from './visitor/visitor-page.ts'

/** Answered as it is, by every instance, even by one that is stopping. */
export type PlainRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: 'none'
  readonly answer: (req: IncomingMessage, res: ServerResponse) => void
}

/** Made anew for each question, from the query of its URL: without a session, never stored. */
export type QueryRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: 'none'
  /** Rejects with what the visitor is told on an error page. */
  readonly answer: (req: IncomingMessage, res: ServerResponse) => Promise<void>
}

/** For one visitor, with a session; never stored. */
export type PrivateRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly cache: 'private'
  readonly handler: RequestHandler
}

/** `about` says in the reference what is there. */
type Described<Route> = Route & { readonly about: string }

export interface Routes {
  readonly plain: readonly Described<PlainRoute>[]
  readonly public: readonly Described<PublicRoute>[]
  readonly query: readonly Described<QueryRoute>[]
  readonly private: readonly Described<PrivateRoute>[]
}

export interface RouteHandlers {
  readonly health: Health
  readonly live: PlainRoute['answer'] | undefined
  readonly search: SearchAnswers
  readonly visitor: VisitorPage
}

const minute = 60
const hour = 3600

/**
 * Every URL of the site. GET answers HEAD too. Files are not here: those under /static and at the root are
 * nginx's (in development Express's), and the pictures of the content have the addresses that content gives them.
 */
export const routes = ({ health, live, search, visitor }: RouteHandlers): Routes => ({
  plain: [
    {
      method: 'GET',
      path: '/healthz',
      about: 'Whether the process answers at all.',
      cache: 'none',
      answer: health.alive,
    },
    {
      method: 'GET',
      path: '/readyz',
      about: 'Whether visitors may come, and the state of both stores; 503 while the instance stops.',
      cache: 'none',
      answer: health.ready,
    },
    ...(live
      ? [
          {
            method: 'GET',
            path: '/_live',
            about: 'The stream of events that refreshes open browsers; only with LIVE_RELOAD.',
            cache: 'none',
            answer: live,
          } as const,
        ]
      : []),
  ],
  public: [
    {
      method: 'GET',
      path: '/',
      about: 'The home page, or a list of all pages where the content has none.',
      cache: 5 * minute,
      page: homePage,
    },
    { method: 'GET', path: '/blog', about: 'The newest ten posts.', cache: 5 * minute, page: blog },
    {
      method: 'GET',
      path: '/blog/page/:number',
      about: 'Older posts, ten to a page, from page 2.',
      cache: 5 * minute,
      page: blog,
    },
    {
      method: 'GET',
      path: '/blog/tags',
      about: 'All tags, with how many posts have each.',
      cache: 5 * minute,
      page: blogTags,
    },
    {
      method: 'GET',
      path: '/blog/tags/:tag',
      about: 'The newest ten posts that have the tag.',
      cache: 5 * minute,
      page: blogTag,
    },
    {
      method: 'GET',
      path: '/blog/tags/:tag/page/:number',
      about: 'Older posts that have the tag, from page 2.',
      cache: 5 * minute,
      page: blogTag,
    },
    {
      method: 'GET',
      path: '/feed.xml',
      about: 'The newest twenty posts, whole, as Atom.',
      cache: 5 * minute,
      page: atom,
    },
    {
      method: 'GET',
      path: '/feed.json',
      about: 'The same as JSON Feed 1.1.',
      cache: 5 * minute,
      page: json,
    },
    {
      method: 'GET',
      path: '/sitemap.xml',
      about: 'Every page that may be found; over 50,000 of them, the list of its parts.',
      cache: hour,
      page: sitemapPage,
    },
    {
      method: 'GET',
      path: '/sitemap.:number.xml',
      about: 'A part of the sitemap of a site that has more pages than fit into one.',
      cache: hour,
      page: sitemapPage,
    },
    {
      method: 'GET',
      path: '/robots.txt',
      about: 'What robots may visit, and where the sitemap is.',
      cache: hour,
      page: robotsTxt,
    },
    {
      method: 'GET',
      path: '/llms.txt',
      about: 'The site in short for language models, as llmstxt.org describes it.',
      cache: hour,
      page: llmsTxt,
    },
    {
      method: 'GET',
      path: '/*path',
      about: 'Every other page and post of the content, at the path of its file.',
      cache: hour,
      page: contentPage,
    },
  ],
  query: [
    {
      method: 'GET',
      path: '/search',
      about: 'The pages and posts that have the words of `q`, ten to a `page`.',
      cache: 'none',
      answer: search.page,
    },
    {
      method: 'GET',
      path: '/search.json',
      about: 'The best six for the list below the search field; with `settled` the query is counted.',
      cache: 'none',
      answer: search.json,
    },
  ],
  private: [
    {
      method: 'GET',
      path: '/session',
      about: 'What the site knows of the visitor.',
      cache: 'private',
      handler: visitor.show,
    },
    {
      method: 'POST',
      path: '/session',
      about: 'Keeps the name that the visitor gave, under a new session id.',
      cache: 'private',
      handler: visitor.introduce,
    },
    {
      method: 'POST',
      path: '/session/forget',
      about: 'Ends the session, in the store too.',
      cache: 'private',
      handler: visitor.forget,
    },
  ],
})
