import type { PageEntry } from '../content/entry.ts'
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
  return [...found, ...lists(site)]
}

/** When a post was written or changed; of a page, only its author knows. */
const changedOn = ({ updated, date }: PageEntry): string | undefined => updated ?? date

function lists({ content }: Site): Address[] {
  const tags = Array.from(content.tags.keys(), (tag) => `/blog/tags/${encodeURIComponent(tag)}`)
  const home = content.find('/') ? [] : ['/']
  const blog = content.postCount > 0 ? ['/blog'] : []
  return [...home, ...blog, ...(tags.length > 0 ? ['/blog/tags', ...tags] : [])].map((url) => ({ url }))
}
