import { posix } from 'node:path'
import { decodedAnchor } from './anchor.ts'
import { resolveData } from './data-values.ts'
import type { PageEntry } from './entry.ts'
import { resolveImage } from './image-reference.ts'
import { escapeAttribute, type LinkTargets, type Resolution, referenceFault, urlOf } from './link-targets.ts'
import type { Reference } from './markdown-render.ts'
import { hasPostList } from './post-lists.ts'
import { closest } from './suggest.ts'
import { canonicalUrl } from './url.ts'

/** Resolves what a page points to against the rest of the site. */
export async function resolveReference(
  site: LinkTargets,
  page: PageEntry,
  reference: Reference,
): Promise<Resolution> {
  if (reference.kind === 'data') return resolveData(site, page, reference)
  return reference.image
    ? resolveImage(site, page, reference, reference.image)
    : resolveLink(site, page, reference)
}

async function resolveLink(site: LinkTargets, page: PageEntry, reference: Reference): Promise<Resolution> {
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference.target) ?? []
  const found = path === '' ? page.url : pageUrl(site, page, path)
  if (found === undefined) {
    const toHidden = linkToHidden(site, page, reference, path)
    if (toHidden) return toHidden
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

/** The link is right already, only too early. */
function linkToHidden(
  site: LinkTargets,
  page: PageEntry,
  reference: Reference,
  path: string,
): Resolution | undefined {
  const url = urlOf(site, page, path)
  const hidden = url === undefined ? undefined : site.hidden(url)
  if (url === undefined || !hidden) return undefined
  const [why, first] =
    'draft' in hidden
      ? ['a draft', 'publish that page first']
      : [`scheduled for ${spoken(hidden.publishedAt)}`, 'publish this page no sooner']
  const what = `the link ${reference.target} leads to a page that is ${why}`
  const fault = referenceFault(page, reference, what, `${first}, or leave the link out until then`)
  return { value: escapeAttribute(url + reference.target.slice(path.length)), fault }
}

const spoken = (moment: string): string =>
  moment.replace(/T00:00:00\.000Z$/, '').replace(/^(.*)T(\d\d:\d\d).*$/, '$1 $2 UTC')

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
  const foreign = site.layout === 'folder' ? foreignUrl(site, page, path) : undefined
  if (foreign) return foreign
  const isThere = site.image(url) || (hasPostList(site.lists, url) ?? site.isKnown(url))
  return isThere ? url : undefined
}

/** Other tools serve a page in its own folder or with an ending, and do not tell capitals apart. */
function foreignUrl(site: LinkTargets, page: PageEntry, path: string): string | undefined {
  const plain = path.replace(/\.(?:html?|mdx)$/i, '').replace(/\/(?:_?index|readme)$/i, '/')
  const fromFolder = path.startsWith('/') ? undefined : canonicalUrl(posix.join(page.url, plain))
  const urls = [urlOf(site, page, plain), fromFolder].filter((url) => url !== undefined)
  return urls.map((url) => site.redirect(url) ?? site.alike(url)).find(Boolean)
}

/** A redirect is written with the ending that the old address had, which links to pages do without. */
function redirectOf(site: LinkTargets, path: string): string | undefined {
  const written = path.startsWith('/') ? canonicalUrl(path) : undefined
  return written && site.redirect(written)
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

const broken = (page: PageEntry, reference: Reference, what: string, fix: string): Resolution => ({
  value: escapeAttribute(reference.target),
  fault: referenceFault(page, reference, what, fix),
})
