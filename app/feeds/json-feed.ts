import type { Site } from '../pages/site.ts'
import { type FeedItem, newestPosts } from './feed.ts'

/** The newest posts as JSON Feed 1.1. */
export async function jsonFeed(site: Site): Promise<string> {
  const { title, description, lang, homeUrl, publicUrl, items } = await newestPosts(site)
  const whole = (path: string) => new URL(path, publicUrl).href
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: whole('/feed.json'),
    ...(description && { description }),
    icon: whole('/icon-512.png'),
    favicon: whole('/icon-192.png'),
    authors: [{ name: title, url: whole('/') }],
    language: lang,
    items: items.map(jsonItem),
  }
  return `${JSON.stringify(feed, undefined, 1)}\n`
}

const jsonItem = (item: FeedItem): object => ({
  id: item.id,
  url: item.url,
  title: item.title,
  content_html: item.html,
  ...(item.summary && { summary: item.summary }),
  ...(item.image && { image: item.image }),
  date_published: item.published,
  date_modified: item.updated,
  ...(item.authors.length > 0 && { authors: item.authors }),
  ...(item.tags.length > 0 && { tags: item.tags }),
})
