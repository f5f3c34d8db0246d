import type { RequestHandler } from 'express'
import { consoleHandlersBy } from '../app/console/console-side.ts'
import { routes } from '../app/routes.ts'
import { handlersBy } from '../app/signup-side.ts'
import { code, described, duration, prose, type ReferencePage, section, table } from './markdown.ts'
import { locations } from './nginx.ts'

const nothing: RequestHandler = () => {}

/** Every route there can be; handlers play no part. */
export const allRoutes = () =>
  routes({
    health: { alive: () => {}, ready: () => {} },
    live: () => {},
    search: { page: async () => {}, json: async () => {} },
    visitor: { show: nothing, introduce: nothing, forget: nothing },
    signup: handlersBy(() => nothing),
    console: consoleHandlersBy(() => nothing),
  })

/** What nginx does at each of its locations, but `/` and those that belong to another. */
export const nginxLocations: Readonly<Record<string, { at: string; about: string }>> = {
  '= /signup': {
    at: '`/signup`',
    about: 'Is passed on without lines in the error log, which would hold the token of an invite link.',
  },
  '~* ^/signup(?:/|$)': {
    at: '`/signup/…`',
    about: 'In any spelling: as `/signup`, for links that were changed on their way.',
  },
  '= /hooks/crm': {
    at: '`/hooks/crm`',
    about: 'Is passed on, 50 a second and 200 at once from one address.',
  },
  '^~ /admin/queue/': {
    at: '`/admin/queue`',
    about: 'Is passed on under a Content-Security-Policy of its own.',
  },
  '= /_live': { at: '`/_live`', about: 'Is passed on as it comes, without a buffer.' },
  '= /healthz': {
    at: '`/healthz`',
    about: 'Whether nginx itself is alive; says nothing of the application.',
  },
  '= /readyz': { at: '`/readyz`', about: '404: what the stores are doing is for the balancer only.' },
  '~ "^/[^/]+\\.(?:txt|ico|png|svg|webmanifest)$"': {
    at: 'files at the root',
    about: 'Icons, manifest and the like from `nginx/content`; one that is not there is for the application.',
  },
  '~ "\\.\\w{2,5}$"': {
    at: 'files elsewhere',
    about: 'Pictures, downloads and feeds: kept like pages, but not open.',
  },
  '^~ /static/': { at: '`/static/…`', about: '404 where the name holds no hash.' },
  '~ "^/static/.+\\.[0-9a-f]{8,}\\.[a-z0-9]+$"': {
    at: '`/static/….HASH.EXT`',
    about: 'From the image, in br, gzip or plain; a file of another release is for the application.',
  },
  '^~ /errors/': {
    at: '`/errors/…`',
    about: 'The error pages, which nobody can ask for, and the style and drawing that they use.',
  },
}

const nginxRows = (): string[][] =>
  locations()
    .filter((name) => name !== '/' && !/^(?:@|= \/errors\/)/.test(name))
    .map((name) => described(nginxLocations, name, 'reference/routes.ts'))
    .map(({ at, about }) => [at, about])

const rowsOf = (routes: readonly { method: string; path: string; about: string }[]): string[][] =>
  routes.map(({ method, path, about }) => [method === 'ALL' ? 'any' : code(method), code(path), prose(about)])

/** Every address of the site, whom it is for and how long it is kept. */
export function routesPage(): ReferencePage {
  const { public: pages, query, form, private: forOne, hook, operator, plain } = allRoutes()
  return {
    file: 'routes.md',
    title: 'Routes',
    description: 'Every address that the site answers, whom it is for, and how long caches keep it.',
    source: 'app/routes.ts',
    sections: [
      `${code(':name')} stands for one part of a path, ${code('*path')} for any number of parts. ${code('GET')} ` +
        `answers ${code('HEAD')} too. A path with a slash at its end, or with an ending such as ${code('.html')}, is ` +
        'redirected to the one address of its page.',
      section(
        'Pages',
        'The same for everybody, so caches on the way may keep them. The time is that of the route; a page of the ' +
          'content can change its own with [`cache`](front-matter.md#keys).',
        table(
          ['Path', 'Kept for', 'What is there'],
          pages.map(({ path, cache, about }) => [code(path), duration(cache), prose(about)]),
        ),
      ),
      section(
        'Search',
        'Made anew for each question and kept by no cache, without a session or a cookie.',
        table(
          ['Path', 'What it answers'],
          query.map(({ path, about }) => [code(path), prose(about)]),
        ),
      ),
      section(
        'Forms without a session',
        'The same for everybody, kept by no cache, without a cookie. A `POST` has to come from a page of the site.',
        table(['Method', 'Path', 'What it does'], rowsOf(form)),
      ),
      section(
        'Private pages',
        'For one visitor, with a session, and stored nowhere. A `POST` has to come from a page of the site. A page ' +
          'of the content becomes private with `cache: private`.',
        table(['Method', 'Path', 'What it does'], rowsOf(forOne)),
      ),
      section(
        'For operators',
        'With a session of their own, which ends after eight hours. Who is not signed in is sent to the sign-in.',
        table(['Method', 'Path', 'What it does'], rowsOf(operator)),
      ),
      section(
        'For other systems',
        'Without a session; what is sent has to be signed.',
        table(['Method', 'Path', 'What it does'], rowsOf(hook)),
      ),
      section(
        'Health and live reload',
        'Answered by every instance as it is, even by one that is stopping.',
        table(
          ['Path', 'What it tells'],
          plain.map(({ path, about }) => [code(path), prose(about)]),
        ),
      ),
      section(
        'Files',
        'Files are no routes. Those of `app/static` are under `/static`, with a hash of their bytes in the name. ' +
          'Those of `nginx/content` are at the root. Pictures and downloads of the content have the path that ' +
          'they have in the content folder.',
      ),
      section(
        'Answered by nginx',
        'nginx is in front, and passes on to the application what is not in this table.',
        table(['Address', 'What nginx does'], nginxRows()),
      ),
    ],
  }
}
