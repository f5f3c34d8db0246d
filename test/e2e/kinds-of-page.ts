/** One page of each kind the site has: what is proven of all of them is proven of every page. */
export interface PageKind {
  readonly name: string
  readonly path: string
  /** The template in app/views; none for the pages nginx has of its own. */
  readonly template?: string
  readonly status: number
  /** Who answers: production's nginx and app, nginx when no app does, or the site of somebody who writes. */
  readonly where: 'production' | 'nginx alone' | 'development'
  /** Not for search engines, because it is private, an error, or different for each query. */
  readonly noindex: boolean
}

const open = (name: string, path: string, template: string): PageKind => ({
  name,
  path,
  template,
  status: 200,
  where: 'production',
  noindex: false,
})

const unlisted = (kind: PageKind): PageKind => ({ ...kind, noindex: true })

export const kindsOfPage: readonly PageKind[] = [
  open('home', '/', 'home'),
  open('how it works', '/how-it-works', 'page'),
  open('docs index', '/docs', 'docs'),
  open('docs', '/docs/writing', 'docs'),
  open('blog', '/blog', 'posts'),
  open('tag', '/blog/tags/caching', 'posts'),
  open('post', '/blog/two-caches', 'post'),
  unlisted(open('session', '/session', 'session')),
  unlisted({ ...open('unknown address', '/no/such/page', 'error'), status: 404 }),
  { name: 'no app', path: '/', status: 502, where: 'nginx alone', noindex: true },
  { name: 'draft', path: '/draft', template: 'page', status: 200, where: 'development', noindex: true },
  { name: 'fault', path: '/fault', template: 'fault', status: 500, where: 'development', noindex: true },
]

/** What the development site has beside the site's own content. */
export const filesInDevelopment: Readonly<Record<string, string>> = {
  'pages/draft.md': '---\ntitle: A draft\ndraft: true\n---\n\nNot yet for everybody.\n',
  'pages/fault.md': '---\ntitle: [never closed\n---\n\nCannot be shown.\n',
}

/** Those a visitor of the published site can meet. */
export const publishedKinds: readonly PageKind[] = kindsOfPage.filter(({ where }) => where !== 'development')
