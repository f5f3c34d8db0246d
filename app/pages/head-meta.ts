import { cardSize, cardUrl, pageCard } from '../cards/card.ts'
import type { PageEntry } from '../content/entry.ts'
import { stemOf } from '../images/picture.ts'
import { safe } from '../templates/renderer.ts'
import type { Site } from './site.ts'
import { type SiteFacts, siteFacts } from './site-facts.ts'
import { structuredData } from './structured-data.ts'

/** A page that somebody wrote, or one that no file makes. */
export type HeadPage = Pick<PageEntry, 'title' | 'url'> & Partial<PageEntry>

/** The picture that stands for a page where somebody links to it. */
export interface HeadImage {
  readonly url: string
  readonly alt: string
  readonly width?: number
  readonly height?: number
  readonly type?: string
}

/** Whether search engines may show a page: it is public, published, and does not say `noindex: true`. */
export const isFindable = ({ cache, draft, scheduled, noindex }: Partial<PageEntry>): boolean =>
  cache !== 'private' && !draft && !scheduled && !noindex

/** What the head of a page says to machines, as `head-meta.njk` writes it. */
export function headMeta(site: Site, page: HeadPage): object {
  const facts = siteFacts(site)
  const image = page.cache === 'private' ? undefined : imageOf(site, facts, page)
  const { publishedAt, updated } = page
  const changed = updated && new Date(updated).toISOString()
  return {
    noindex: !isFindable(page),
    image,
    type: page.kind === 'post' ? 'article' : 'website',
    description: page.description ?? facts.tagline,
    published: page.kind === 'post' ? publishedAt : undefined,
    modified: changed && publishedAt && changed < publishedAt ? publishedAt : changed,
    structured: safe(asScript(structuredData(site, facts, page, image))),
  }
}

function imageOf({ publicUrl, content }: Site, facts: SiteFacts, page: HeadPage): HeadImage {
  const written = page.image && URL.parse(page.image, publicUrl)?.href
  if (written && page.image) {
    const picture = content.pictures(stemOf(page.image)).find(({ url }) => url === page.image)
    return { url: written, alt: page.title, ...(picture && { width: picture.width, height: picture.height }) }
  }
  const url = publicUrl + cardUrl(pageCard(page, facts))
  return { url, alt: `${page.title} · ${facts.name}`, ...cardSize, type: 'image/png' }
}

/** JSON as a script element holds it: without the signs that could end the element, or hide its end. */
const asScript = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c')
