import { type Author, authorsOf } from '../content/authors.ts'
import type { PageEntry } from '../content/entry.ts'
import { ContentError } from '../content/fault.ts'
import type { Site } from '../pages/site.ts'
import { siteFacts } from '../pages/site-facts.ts'
import { portableHtml } from './portable-html.ts'

const mostItems = 20

export interface FeedItem {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary?: string
  readonly image?: string
  /** The whole post, with whole addresses. */
  readonly html: string
  /** ISO 8601, like `updated`. */
  readonly published: string
  readonly updated: string
  readonly authors: readonly Author[]
  readonly tags: readonly string[]
}

/** What both kinds of feed say. */
export interface Feed {
  readonly title: string
  readonly description: string
  readonly lang: string
  readonly homeUrl: string
  readonly publicUrl: string
  readonly updated: string
  readonly items: readonly FeedItem[]
}

// A feed has to say when it changed, even when nothing was ever published.
const never = new Date(0).toISOString()

/** The newest posts, whole. A post that cannot be rendered is left out: its own page says why. */
export async function newestPosts(site: Site): Promise<Feed> {
  const { name, tagline, lang } = siteFacts(site)
  const posts = site.content.posts(0, mostItems)
  const items = (await Promise.all(posts.map((post) => itemOf(site, post)))).filter(
    (item) => item !== undefined,
  )
  const updated = items.reduce((latest, item) => (item.updated > latest ? item.updated : latest), never)
  const homeUrl = new URL('/blog', site.publicUrl).href
  return { title: name, description: tagline, lang, homeUrl, publicUrl: site.publicUrl, updated, items }
}

async function itemOf(site: Site, entry: PageEntry): Promise<FeedItem | undefined> {
  const url = new URL(entry.url, site.publicUrl).href
  const html = await htmlOf(site, entry)
  if (html === undefined) return undefined
  const { title, description, image, tags, updated } = entry
  const published = entry.publishedAt ?? never
  const changed = updated ? new Date(updated).toISOString() : published
  return {
    // The address it had first: a post that moves is not new to those who have read it.
    id: new URL(entry.redirectFrom[0] ?? entry.url, site.publicUrl).href,
    url,
    title,
    html: portableHtml(html, url),
    published,
    updated: changed > published ? changed : published,
    authors: authorsOf(entry, site.content.data()).map((author) => withWholeUrl(author, site.publicUrl)),
    tags,
    ...(description && { summary: description }),
    ...(image && { image: new URL(image, site.publicUrl).href }),
  }
}

async function htmlOf(site: Site, entry: PageEntry): Promise<string | undefined> {
  try {
    return (await site.content.document(entry)).html
  } catch (error) {
    if (error instanceof ContentError) return undefined
    throw error
  }
}

const withWholeUrl = ({ name, url }: Author, publicUrl: string): Author => {
  const whole = url && URL.parse(url, publicUrl)?.href
  return whole ? { name, url: whole } : { name }
}
