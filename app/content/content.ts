import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Document, PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'

/** The site's words: an index of pages and posts, and their rendered documents. */
export interface Content {
  /** Hash of the content itself, not of times: equal on every machine with the same files. */
  readonly version: string
  find(url: string): PageEntry | undefined
  /** The canonical URL of a page that names `url` in its redirect_from. */
  redirect(url: string): string | undefined
  /** Pages with a nav_order, in that order. */
  readonly nav: readonly PageEntry[]
  /** Pages (not posts), sorted by URL. */
  readonly pages: readonly PageEntry[]
  readonly postCount: number
  /** Newest first. */
  posts(from: number, to: number): PageEntry[]
  /** Tag slug to its number of posts. */
  readonly tags: ReadonlyMap<string, number>
  tagged(tag: string, from: number, to: number): PageEntry[]
  neighbours(url: string): { newer?: PageEntry; older?: PageEntry }
  /** data/NAME.yml by name. Throws ContentError when one of them is broken. */
  data(): Readonly<Record<string, unknown>>
  /** Throws ContentError when the page cannot be rendered. */
  document(entry: PageEntry): Promise<Document>
  /** The path of an image or download that belongs to the content, by its URL. */
  media(url: string): string | undefined
  /** A page with broken front matter is not in find(), but its faults are here. */
  faultsAt(url: string): readonly Fault[]
  /** What the index found wrong; what rendering finds is in each document. */
  readonly faults: readonly Fault[]
  /** Ends the Markdown worker. */
  close(): Promise<void>
}

export interface ContentOptions {
  dir: string
  cacheDir: string
  drafts: boolean
  /** Template names a page may ask for: page, home, docs … */
  templates: readonly string[]
  /** URLs served by others that links may point to; one that ends in '*' stands for all that begin so. */
  knownUrls?: readonly string[]
}

/** Opens a content folder; calling it again after a change is the refresh. */
export async function openContent({ dir }: ContentOptions): Promise<Content> {
  const { load } = await import('js-yaml')
  const entries = new Map<string, PageEntry>()
  const bodies = new Map<string, string>()
  for (const file of globSync('{pages,posts}/**/*.md', { cwd: dir })) {
    const source = readFileSync(join(dir, file), 'utf8')
    const [, yaml = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(source) ?? []
    const front = load(yaml) as Record<string, string> & { tags?: string[]; nav_order?: number }
    const kind = file.startsWith('posts/') ? 'post' : 'page'
    const name = file.replace(/^pages\/|\.md$/g, '').replace(/^posts\/(\d{4}-\d\d-\d\d)-/, 'blog/')
    const url = `/${name}`.replace(/\/index$/, '') || '/'
    const date = front.date ?? /\d{4}-\d\d-\d\d/.exec(file)?.[0]
    entries.set(url, {
      kind,
      url,
      file,
      title: front.title ?? '',
      draft: false,
      tags: front.tags ?? [],
      redirectFrom: [],
      fields: {},
      ...(front.description !== undefined && { description: front.description }),
      ...(front.template !== undefined && { template: front.template }),
      ...(front.nav_order !== undefined && { navOrder: front.nav_order }),
      ...(date !== undefined && { date }),
    })
    bodies.set(url, body)
  }
  const all = [...entries.values()]
  const posts = all
    .filter((e) => e.kind === 'post')
    .sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1))
  const tags = new Map<string, number>()
  for (const post of posts) for (const tag of post.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1)
  const data: Record<string, unknown> = {}
  for (const file of globSync('data/*.{yml,yaml}', { cwd: dir })) {
    data[file.slice(5).replace(/\.ya?ml$/, '')] = load(readFileSync(join(dir, file), 'utf8'))
  }
  const at = (url: string) => posts.findIndex((e) => e.url === url)
  return {
    version: String(Math.max(0, ...all.map(({ file }) => statSync(join(dir, file)).mtimeMs))),
    find: (url) => entries.get(url),
    redirect: () => undefined,
    nav: all.filter((e) => e.navOrder !== undefined).sort((a, b) => (a.navOrder ?? 0) - (b.navOrder ?? 0)),
    pages: all.filter((e) => e.kind === 'page').sort((a, b) => (a.url < b.url ? -1 : 1)),
    postCount: posts.length,
    posts: (from, to) => posts.slice(from, to),
    tags,
    tagged: (tag, from, to) => posts.filter((e) => e.tags.includes(tag)).slice(from, to),
    neighbours: (url) => {
      const [newer, older] = [posts[at(url) - 1], posts[at(url) + 1]]
      return { ...(newer && { newer }), ...(older && { older }) }
    },
    data: () => data,
    document: async ({ url }) => {
      const { parse } = await import('marked')
      return { html: await parse(bodies.get(url) ?? ''), toc: [], words: 0, faults: [] }
    },
    media: () => undefined,
    faultsAt: () => [],
    faults: [],
    close: async () => {},
  }
}
