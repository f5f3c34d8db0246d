import { posix } from 'node:path'
import { decodedAnchor } from './anchor.ts'
import type { MediaFile } from './assemble.ts'
import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import type { Reference } from './markdown-render.ts'
import { hasPostList, type PostLists } from './post-lists.ts'
import { errorAt } from './source.ts'
import { closest } from './suggest.ts'
import { canonicalUrl, type Layout, urlOfFile } from './url.ts'

/** What links may point to. */
export interface LinkTargets {
  layout: Layout
  find(url: string): PageEntry | undefined
  redirect(url: string): string | undefined
  image(url: string): MediaFile | undefined
  isKnown(url: string): boolean
  lists: PostLists
  /** For suggestions. */
  pageFiles(): readonly string[]
  /** The anchors of a page; undefined when it cannot be told. */
  anchors(url: string): Promise<readonly string[] | undefined>
}

/** What is written in place of a reference: an attribute value, or the fault and what the author wrote. */
export type Resolution = { value: string; fault?: Fault }

/** Resolves what a page points to against the rest of the site. */
export async function resolveReference(
  site: LinkTargets,
  page: PageEntry,
  reference: Reference,
): Promise<Resolution> {
  return reference.kind === 'image' ? resolveImage(site, page, reference) : resolveLink(site, page, reference)
}

function resolveImage(site: LinkTargets, page: PageEntry, reference: Reference): Resolution {
  const { target, sized } = reference
  const [path = ''] = target.split(/[?#]/, 1)
  const url = urlOf(site, page, path)
  const image = url === undefined ? undefined : site.image(url)
  if (!image || url === undefined) {
    if (url !== undefined && site.isKnown(url)) return { value: escapeAttribute(target) }
    return broken(page, reference, `there is no image ${target}`, 'put the file there, or correct the path')
  }
  const size = image.size && !sized ? `" width="${image.size[0]}" height="${image.size[1]}` : ''
  return { value: escapeAttribute(url) + size }
}

async function resolveLink(site: LinkTargets, page: PageEntry, reference: Reference): Promise<Resolution> {
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference.target) ?? []
  const found = path === '' ? page.url : pageUrl(site, page, path)
  if (found === undefined) {
    const near = closest(path, candidates(site, page, path))
    return broken(
      page,
      reference,
      `there is no page for the link ${path}`,
      near ? `did you mean ${near}?` : 'correct the link or remove it',
    )
  }
  if (hash.length > 1 && !(await hasAnchor(site, found, hash))) {
    const near = closest(decodedAnchor(hash), (await site.anchors(found)) ?? [])
    return broken(
      page,
      reference,
      `there is no heading ${hash} on ${found}`,
      near ? `did you mean #${near}?` : 'correct the part behind the #',
    )
  }
  return { value: escapeAttribute((path === '' ? '' : found) + query + hash) }
}

async function hasAnchor(site: LinkTargets, url: string, hash: string): Promise<boolean> {
  if (!site.find(url)) return true
  const anchors = await site.anchors(url)
  return anchors?.includes(decodedAnchor(hash)) ?? true
}

function pageUrl(site: LinkTargets, page: PageEntry, path: string): string | undefined {
  const url = urlOf(site, page, path)
  if (url === undefined) return undefined
  if (site.find(url)) return url
  const moved = redirectOf(site, path) ?? site.redirect(url)
  if (moved) return moved
  const isThere = site.image(url) || (hasPostList(site.lists, url) ?? site.isKnown(url))
  return isThere ? url : undefined
}

/** A redirect is written with the ending that the old address had, which links to pages do without. */
function redirectOf(site: LinkTargets, path: string): string | undefined {
  const written = path.startsWith('/') ? canonicalUrl(path) : undefined
  return written && site.redirect(written)
}

/** The URL that a path means: from the site's root, or from the folder of the page's file. */
function urlOf({ layout }: LinkTargets, page: PageEntry, path: string): string | undefined {
  const decoded = canonicalUrl(path) === undefined ? undefined : decodeURIComponent(path)
  if (decoded === undefined) return undefined
  if (path.startsWith('/'))
    return canonicalUrl(path.replace(/\.md$/i, '').replace(/\/(?:index|readme)$/i, '/'))
  const file = posix.join(posix.dirname(page.file), decoded).replace(/\/$/, '')
  if (file === '..' || file.startsWith('../')) return undefined
  return urlOfFile(file === '.' || file === 'pages' ? 'index' : file, layout)
}

/** What a mistyped link may have meant. */
function candidates(site: LinkTargets, page: PageEntry, path: string): string[] {
  const files = site.pageFiles().map((file) => pathTo(page, path, file))
  const tags = path.startsWith('/blog/tags/') ? [...site.lists.tags.keys()] : []
  return [...files, ...tags.map((tag) => `/blog/tags/${tag}`)]
}

/** A page's file as a link from another page would write it: in the manner of the mistyped one. */
function pathTo(page: PageEntry, path: string, file: string): string {
  if (path.startsWith('/')) return `/${file.replace(/^pages\//, '').replace(/\.md$/, '')}`
  return posix.relative(posix.dirname(page.file), file)
}

function broken(
  { file }: PageEntry,
  { target, line, column }: Reference,
  what: string,
  fix: string,
): Resolution {
  return { value: escapeAttribute(target), fault: errorAt(file, line, column, what, fix) }
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
