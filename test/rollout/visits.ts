import type { Asking } from './load.ts'

const pages = ['/', '/docs', '/blog', '/docs/caching', '/feed.xml', '/sitemap.xml']

/**
 * What visitors do: pages from the cache, answers past it, forms, and a page with a session. Sessions and forms stay
 * at half of what nginx lets one address do, one of both a second.
 */
export const visits = (cookie: string, perSecond: number): Asking[] => [
  { share: 16 * perSecond, path: (turn) => pages[turn % pages.length] ?? '/' },
  { share: perSecond, path: (turn) => `/search?q=release+${turn % 97}` },
  { share: 3 * perSecond, path: () => '/invite' },
  { share: 10, path: () => '/session', headers: { Cookie: cookie } },
  { share: 10, path: () => '/session', form: (turn) => ({ name: `Visitor ${turn}` }) },
]
