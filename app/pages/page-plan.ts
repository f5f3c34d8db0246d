import type { PageEntry } from '../content/entry.ts'
import { headMeta } from './head-meta.ts'
import type { Site } from './site.ts'

/** A page that exists: whom it is for, and how to make it. */
export interface PagePlan {
  /** Seconds that caches between us and the visitor may keep it; `private` is for one visitor, kept nowhere. */
  readonly cache: number | 'private'
  /** Media type of what is made; HTML when not given. */
  readonly contentType?: string
  /** `visitor` is what a private page knows of who asks; a public page is made without it. */
  render(visitor?: object): Promise<string>
}

/** Finds the page behind a URL; undefined when there is none. It never sees the request. */
export type PageHandler = (site: Site, params: PageParams, seconds: number) => PagePlan | undefined

/** The same for everybody: seconds that caches on the way may keep it. Front matter can change them. */
export type PublicRoute = {
  readonly method: 'GET'
  readonly path: string
  readonly cache: number
  readonly page: PageHandler
}

export interface PageParams {
  /** The canonical path. */
  readonly url: string
  readonly number?: string
  readonly tag?: string
}

/** The first segment of a URL: the part of the site a page belongs to. */
export const sectionOf = (url: string): string => url.split('/', 2)[1] ?? ''

/** What templates see as `page`: an entry of the content, or a page that no file makes. */
export const pageContext = (site: Site, entry: PageEntry | { title: string; url: string }): object => ({
  kind: 'page',
  ...entry,
  canonical: new URL(entry.url, site.publicUrl).href,
  meta: headMeta(site, entry),
})
