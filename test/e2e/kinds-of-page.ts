/** One page of each kind the site has: what is proven of all of them is proven of every page. */
export interface PageKind {
  readonly name: string
  readonly path: string
  /** The template in app/views; none for the pages nginx has of its own. */
  readonly template?: string
  readonly status: number
  /** Who answers: production's nginx and app, nginx when no app does, or a site of somebody who writes. */
  readonly where: 'production' | 'nginx alone' | 'development' | 'other content'
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
  open('how it works', '/how-it-works', 'how-it-works'),
  open('about', '/about', 'page'),
  open('privacy', '/privacy', 'page'),
  open('changelog', '/changelog', 'page'),
  open('docs index', '/docs', 'docs'),
  open('docs', '/docs/writing', 'docs'),
  open('reference index', '/docs/reference', 'docs'),
  open('reference', '/docs/reference/settings', 'docs'),
  open('blog', '/blog', 'posts'),
  open('tags', '/blog/tags', 'tags'),
  open('tag', '/blog/tags/caching', 'posts'),
  open('post', '/blog/two-caches', 'post'),
  unlisted(open('search', '/search', 'search')),
  unlisted(open('search with hits', '/search?q=redis', 'search')),
  unlisted(open('search without hits', '/search?q=zzzzqq', 'search')),
  unlisted(open('session', '/session', 'session')),
  open('invite', '/invite', 'invites/invite'),
  unlisted(open('invite requested', '/invite/thanks', 'invites/thanks')),
  unlisted(open('new link', '/signup/link', 'invites/link')),
  unlisted(open('new link asked for', '/signup/link/sent', 'invites/link-sent')),
  unlisted({ ...open('link that does not open', '/signup', 'signup/ways-on'), status: 404 }),
  unlisted(open('step without a signup', '/signup/workspace', 'signup/ways-on')),
  unlisted(open('welcome of nobody', '/welcome', 'signup/ways-on')),
  unlisted(open('sign-in of operators', '/admin/sign-in', 'admin/sign-in')),
  unlisted({ ...open('unknown address', '/no/such/page', 'error'), status: 404 }),
  { name: 'no app', path: '/', status: 503, where: 'nginx alone', noindex: true },
  { ...open('draft', '/draft', 'page'), where: 'development' },
  unlisted({ ...open('fault', '/fault', 'fault'), status: 500, where: 'development' }),
  { ...open('no home page', '/', 'contents'), where: 'other content' },
  { ...open('blog, second page', '/blog/page/2', 'posts'), where: 'other content' },
]

/** What the development site has beside the site's own content. */
export const filesInDevelopment: Readonly<Record<string, string>> = {
  'pages/draft.md': '---\ntitle: A draft\ndraft: true\n---\n\nNot yet for everybody.\n',
  'pages/fault.md': '---\ntitle: [never closed\n---\n\nCannot be shown.\n',
}

/** The whole content of another site: more posts than one page of them holds, and no home page. */
export const otherContent: Readonly<Record<string, string>> = {
  'pages/hours.md': '---\ntitle: Opening hours\n---\n\nFrom nine to five.\n',
  ...Object.fromEntries(
    Array.from({ length: 21 }, (_, day) => [
      `posts/2026-01-${String(day + 1).padStart(2, '0')}-post-${day}.md`,
      `---\ntitle: Post ${day}\ntags: [Bread, Butter and jam]\n---\n\nWords of post ${day}.\n`,
    ]),
  ),
}

/** Those a visitor of the published site can meet. */
export const publishedKinds: readonly PageKind[] = kindsOfPage.filter(
  ({ where }) => where === 'production' || where === 'nginx alone',
)
