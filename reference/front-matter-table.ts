import type { PageEntry } from '../app/content/entry.ts'

/** What the index finds out by itself, and what it keeps as it is. */
type Derived = 'kind' | 'url' | 'file' | 'fields' | 'publishedAt' | 'scheduled'

export interface FrontMatterKey {
  readonly key: string
  readonly takes: string
  readonly meaning: string
  /** As YAML. */
  readonly example: string
}

/** Every key of front matter that means something, by the property of the entry that it becomes. */
export const frontMatter: { readonly [Property in Exclude<keyof PageEntry, Derived>]-?: FrontMatterKey } = {
  title: { key: 'title', takes: 'text', meaning: 'Heading of the page; required.', example: 'Pricing' },
  description: {
    key: 'description',
    takes: 'text',
    meaning: 'One sentence, below the title and for search engines.',
    example: 'What it costs.',
  },
  template: {
    key: 'template',
    takes: 'text',
    meaning: 'How the page is laid out; without it, by where the file is.',
    example: 'docs',
  },
  navOrder: {
    key: 'nav_order',
    takes: 'a number',
    meaning: 'Place in the navigation, smallest first; without it, none.',
    example: '2',
  },
  navTitle: {
    key: 'nav_title',
    takes: 'text',
    meaning: 'A short title for navigation and lists.',
    example: 'Prices',
  },
  group: {
    key: 'group',
    takes: 'text',
    meaning: 'The title under which a page of the documentation stands in the sidebar.',
    example: 'Operating',
  },
  draft: {
    key: 'draft',
    takes: '`true` or `false`',
    meaning: 'Shown where drafts are, which is development.',
    example: 'true',
  },
  date: {
    key: 'date',
    takes: 'a day, or day and time',
    meaning: 'When a post appears, if not on the day in its file name; UTC unless it says another zone.',
    example: '2026-02-28 09:00',
  },
  updated: {
    key: 'updated',
    takes: 'a day',
    meaning: 'Day of the last change that readers should know of.',
    example: '2026-03-01',
  },
  author: {
    key: 'author',
    takes: 'text',
    meaning: 'Who wrote it, by name or by key in `data/authors.yml`.',
    example: 'ada',
  },
  authors: {
    key: 'authors',
    takes: 'a list of texts',
    meaning: 'The same for several.',
    example: '[ada, grace]',
  },
  tags: {
    key: 'tags',
    takes: 'a list of texts',
    meaning: 'Subjects of a post; each has a page of its own.',
    example: '[caching, redis]',
  },
  image: {
    key: 'image',
    takes: 'a path',
    meaning: 'A picture that stands for the page.',
    example: '../images/a.png',
  },
  redirectFrom: {
    key: 'redirect_from',
    takes: 'a path, or a list of them',
    meaning: 'Addresses that the page had before.',
    example: '[/old/path]',
  },
  cache: {
    key: 'cache',
    takes: 'seconds, or `private`',
    meaning: 'How long caches may keep it; `private` is for one visitor, and stored nowhere.',
    example: '300',
  },
  noindex: {
    key: 'noindex',
    takes: '`true` or `false`',
    meaning: 'Whether search engines, the sitemap and the search of the site leave the page out.',
    example: 'true',
  },
}
