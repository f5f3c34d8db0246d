import type { RequestHandler } from 'express'
import type { ConsoleHandlers } from './console/console-side.ts'
import { atom, json, llmsTxt, robotsTxt } from './feeds/feed-pages.ts'
import { sitemapPage } from './feeds/sitemap-page.ts'
import type { Health } from './health/health.ts'
import { contentPage } from './pages/content-page.ts'
import { homePage } from './pages/home-page.ts'
import { blog, blogTag, blogTags } from './pages/post-lists.ts'
import type { FormRoute, OperatorRoute, PlainRoute, PrivateRoute, Routes } from './route-kinds.ts'
import type { SearchAnswers } from './search/search-answers.ts'
import type { SignupHandlers } from './signup-side.ts'
import type { VisitorPage } from './visitor/visitor-page.ts'

export interface RouteHandlers {
  readonly health: Health
  readonly live: PlainRoute['answer'] | undefined
  readonly search: SearchAnswers
  readonly visitor: VisitorPage
  readonly signup: SignupHandlers
  readonly console: ConsoleHandlers
}

const minute = 60
const hour = 3600

/**
 * Every URL of the site. GET answers HEAD too. Files are not here: those under /static and at the root are
 * nginx's (in development Express's), and the pictures of the content have the addresses that content gives them.
 */
export const routes = ({ health, live, search, visitor, signup, console }: RouteHandlers): Routes => ({
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
      about:
        'Whether visitors may come, and the state of the stores; 503 while the instance starts or stops.',
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
  form: [
    form('GET', '/invite', 'The form that requests an invite.', signup.inviteForm),
    form('POST', '/invite', 'Takes the request, once it is on disk.', signup.requestInvite),
    form('GET', '/invite/thanks', 'What happens next; the same for every address.', signup.inviteThanks),
    form('GET', '/signup/link', 'The form that asks for a new invite link.', signup.linkForm),
    form(
      'POST',
      '/signup/link',
      'Takes the wish for a new link; answers the same for all.',
      signup.askForLink,
    ),
    form('GET', '/signup/link/sent', 'What happens next; the same for every address.', signup.linkAsked),
  ],
  private: [
    own('GET', '/session', 'What the site knows of the visitor.', visitor.show),
    own(
      'POST',
      '/session',
      'Keeps the name that the visitor gave, under a new session id.',
      visitor.introduce,
    ),
    own('POST', '/session/forget', 'Ends the session, in the store too.', visitor.forget),
    own('GET', '/signup', 'Where the mailed link leads; reading it changes nothing.', signup.arrive),
    own('POST', '/signup', 'Spends the token of the link and begins the steps.', signup.begin),
    own('GET', '/signup/workspace', 'First step: the name of the workspace.', signup.workspace),
    own('POST', '/signup/workspace', 'Keeps the name if nobody has it.', signup.chooseWorkspace),
    own('GET', '/signup/account', 'Last step: password and terms.', signup.account),
    own('POST', '/signup/account', 'Has the account made, and signs the visitor in.', signup.createAccount),
    own('GET', '/welcome', 'The page of a visitor who is signed in.', signup.welcome),
    own('POST', '/sign-out', 'Ends the session, in the store too.', signup.signOut),
  ],
  hook: [
    {
      method: 'POST',
      path: '/hooks/crm',
      about: 'Takes what the CRM tells, if its signature is right and fresh.',
      cache: 'none',
      handler: signup.crmHook,
    },
  ],
  operator: [
    entrance('GET', '/admin/sign-in', 'The form that signs an operator in.', signup.signInForm),
    entrance('POST', '/admin/sign-in', 'Signs an operator in for eight hours.', signup.signIn),
    operator('POST', '/admin/sign-out', 'Ends the session of the operator.', signup.operatorSignOut),
    operator('GET', '/admin', 'Invites by state, with a search, and sign-ups a day.', signup.overview),
    operator('POST', '/admin/invites', 'Invites, or mails the link again.', signup.inviteNow),
    operator('GET', '/admin/invites.csv', 'All invites as CSV.', signup.exportCsv),
    operator(
      'GET',
      '/admin/searches',
      'What visitors searched for, and what they did not find.',
      signup.searches,
    ),
    operator(
      'GET',
      '/admin/queue',
      'The queue: waiting, under way, to be tried again, given up.',
      signup.queue,
    ),
    operator('ALL', '/admin/queue/*path', 'The same, a queue or task at a time; tries again.', signup.queue),
    operator('GET', '/console', 'The app on its swarm, as control tells it, and the canary.', console.page),
    operator('GET', '/console/events', 'The parts of that page as they change.', console.events),
    operator('GET', '/console/chart.svg', 'Both versions of the last canary over time.', console.chart),
    operator('GET', '/console/logs', 'The newest lines of the logs of components.', console.logs),
    operator('GET', '/console/logs/events', 'The same, and new lines as they come.', console.logEvents),
    operator('POST', '/console/pause', 'Keeps the canary at its share.', console.pause),
    operator('POST', '/console/resume', 'Lets it go on.', console.resume),
    operator('POST', '/console/share', 'Gives it another share of the visitors.', console.share),
    operator('POST', '/console/promote', 'Gives its version to everybody; asks first.', console.promote),
    operator('POST', '/console/abort', 'Takes it back; asks first.', console.abort),
    operator('POST', '/console/scale', 'More or fewer instances; asks before fewer.', console.scale),
  ],
})

const form = (method: FormRoute['method'], path: string, about: string, handler: RequestHandler) =>
  ({ method, path, about, cache: 'none', handler }) as const

const own = (method: PrivateRoute['method'], path: string, about: string, handler: RequestHandler) =>
  ({ method, path, about, cache: 'private', handler }) as const

const operator = (method: OperatorRoute['method'], path: string, about: string, handler: RequestHandler) =>
  ({ method, path, about, cache: 'private', for: 'operator', handler }) as const

const entrance = (method: OperatorRoute['method'], path: string, about: string, handler: RequestHandler) =>
  ({ method, path, about, cache: 'private', for: 'nobody', handler }) as const
