import { posix } from 'node:path'
import type { HiddenPage, MediaFile } from './assemble.ts'
import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import type { Reference } from './markdown-render.ts'
import type { PostLists } from './post-lists.ts'
import { errorAt } from './source.ts'
import { canonicalUrl, type Layout, urlOfFile } from './url.ts'

/** What links and images may point to. */
export interface LinkTargets {
  layout: Layout
  find(url: string): PageEntry | undefined
  redirect(url: string): string | undefined
  /** The URL of a page that differs in case alone. */
  alike(url: string): string | undefined
  /** Why visitors do not see a page that is written. */
  hidden(url: string): HiddenPage | undefined
  image(url: string): MediaFile | undefined
  isKnown(url: string): boolean
  lists: PostLists
  /** The values of data files by name. */
  data(): Readonly<Record<string, unknown>>
  /** For suggestions. */
  pageFiles(): readonly string[]
  /** The anchors of a page; undefined when it cannot be told. */
  anchors(url: string): Promise<readonly string[] | undefined>
}

/** What is written in place of a reference: an attribute value, or an element for an image; and what is wrong. */
export type Resolution = { value: string; fault?: Fault; picture?: string }

/** The URL that a path means: from the site's root, or from the folder of the page's file. */
export function urlOf({ layout }: LinkTargets, page: PageEntry, path: string): string | undefined {
  const decoded = canonicalUrl(path) === undefined ? undefined : decodeURIComponent(path)
  if (decoded === undefined) return undefined
  if (path.startsWith('/'))
    return canonicalUrl(path.replace(/\.md$/i, '').replace(/\/(?:_?index|readme)$/i, '/'))
  const file = posix.join(posix.dirname(page.file), decoded).replace(/\/$/, '')
  if (file === '..' || file.startsWith('../')) return undefined
  return urlOfFile(file === '.' || file === 'pages' ? 'index' : file, layout)
}

/** The fault of a reference, where it is written. */
export const referenceFault = (
  { file }: PageEntry,
  { kind, line, column }: Reference,
  what: string,
  fix: string,
): Fault => ({ ...errorAt(file, line, column, what, fix), kind: kindsOfFaults[kind] })

const kindsOfFaults = {
  link: 'links that lead nowhere',
  image: 'images that are not there',
  data: 'values that are not there',
} as const

export const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
