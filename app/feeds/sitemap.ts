import type { PageEntry } from '../content/entry.ts'
import { isFindable } from '../pages/head-meta.ts'
import type { Site } from '../pages/site.ts'
import { findablePages } from './found-pages.ts'
import { mostUrls } from './sitemap-page.ts'
import { textElement, xmlDocument, xmlElement } from './xml.ts'

const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9'

interface Address {
  readonly url: string
  /** YYYY-MM-DD. */
  readonly changed?: string | undefined
}

/** The sitemap; of a site with more addresses than one file may hold, the list of its parts. */
export async function sitemap(site: Site, most = mostUrls): Promise<string> {
  const all = await addresses(site)
  if (all.length <= most) return urlSet(site, all)
  const locations = Array.from({ length: Math.ceil(all.length / most) }, (_, i) =>
    xmlElement('sitemap', {}, textElement('loc', new URL(`/sitemap.${i + 1}.xml`, site.publicUrl).href)),
  )
  return xmlDocument(xmlElement('sitemapindex', { xmlns }, locations))
}

/** One part of a sitemap, from 1. */
export const sitemapPart = async (site: Site, part: number, most = mostUrls): Promise<string> =>
  urlSet(site, (await addresses(site)).slice((part - 1) * most, part * most))

const urlSet = ({ publicUrl }: Site, addresses: readonly Address[]): string =>
  xmlDocument(
    xmlElement(
      'urlset',
      { xmlns },
      addresses.map(({ url, changed }) =>
        xmlElement('url', {}, [
          textElement('loc', new URL(url, publicUrl).href),
          textElement('lastmod', changed),
        ]),
      ),
    ),
  )

async function addresses(site: Site): Promise<Address[]> {
  const found: Address[] = []
  for await (const entry of findablePages(site)) found.push({ url: entry.url, changed: changedOn(entry) })
  return [...found, ...lists(site), { url: '/invite' }]
}

/** When a post was written or changed; of a page, only its author knows. */
const changedOn = ({ updated, date }: PageEntry): string | undefined => updated ?? date

// In development drafts come first; elsewhere every post that is listed may be found, or says that it may not.
const looked = 20

const newestDay = (posts: readonly PageEntry[]): string | undefined => posts.find(isFindable)?.date

/** A list of posts changes with its newest one. */
function lists({ content }: Site): Address[] {
  const newest = newestDay(content.posts(0, looked))
  const tags = Array.from(content.tags.keys(), (tag) => ({
    url: `/blog/tags/${encodeURIComponent(tag)}`,
    changed: newestDay(content.tagged(tag, 0, looked)),
  }))
  const blog = content.postCount > 0 ? [{ url: '/blog', changed: newest }] : []
  const allTags = tags.length > 0 ? [{ url: '/blog/tags', changed: newest }] : []
  return [...(content.find('/') ? [] : [{ url: '/' }]), ...blog, ...allTags, ...tags]
}
