import type { Fault } from './fault.ts'

/** What the index knows of a page or post: its front matter, checked. */
export interface PageEntry {
  kind: 'page' | 'post'
  /** Canonical: '/' or '/a/b', percent-encoded, never a trailing slash. */
  url: string
  /** Relative to the content folder. */
  file: string
  title: string
  description?: string
  template?: string
  navOrder?: number
  /** A short title, for navigation and lists. */
  navTitle?: string
  /** The title under which a page of the documentation stands in the sidebar. */
  group?: string
  draft: boolean
  /** Shown in development only, until `publishedAt`. */
  scheduled?: boolean
  /** YYYY-MM-DD, as written. */
  date?: string
  /** The moment that `date` stands for, as ISO 8601 in UTC. */
  publishedAt?: string
  /** YYYY-MM-DD of the last change. */
  updated?: string
  author?: string
  /** As written: keys of data/authors.yml, or names. */
  authors: readonly string[]
  tags: readonly string[]
  image?: string
  redirectFrom: readonly string[]
  /** Seconds in public caches, or never in one. */
  cache?: number | 'private'
  /** Whether search engines, and the search of the site, leave it out. */
  noindex?: boolean
  /** All other front matter, as written. */
  fields: Readonly<Record<string, unknown>>
}

export interface TocItem {
  level: number
  id: string
  text: string
}

/** A rendered page: safe HTML whose links and image sizes are resolved. */
export interface Document {
  html: string
  toc: readonly TocItem[]
  words: number
  /** URLs of the pictures that are offered in several sizes, see app/images. */
  pictures: readonly string[]
  faults: readonly Fault[]
}
