import type { PageHandler } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'

/** As many addresses as the protocol allows in one file. */
export const mostUrls = 50_000

const contentType = 'application/xml; charset=utf-8'

/** The sitemap, and its parts for a site that has more addresses than fit into one. */
export const sitemapPage: PageHandler = (site, { number }, cache) => {
  if (number !== undefined && !isPart(site, number)) return undefined
  return {
    cache,
    contentType,
    async render() {
      const { sitemap, sitemapPart } = await import('./sitemap.ts')
      return number === undefined ? sitemap(site) : sitemapPart(site, Number(number))
    },
  }
}

/** Whether there may be so many parts: which pages are left out is known only when all are read. */
function isPart({ content }: Site, number: string): boolean {
  const most = content.pages.length + content.postCount + content.tags.size + 4
  return /^[1-9]\d{0,5}$/.test(number) && most > mostUrls && Number(number) <= Math.ceil(most / mostUrls)
}
