import type { Author } from '../content/authors.ts'
import { tagSlug } from '../content/slug.ts'
import type { Site } from '../pages/site.ts'
import { type FeedItem, newestPosts } from './feed.ts'
import { textElement, xmlDocument, xmlElement } from './xml.ts'

/** The newest posts as Atom (RFC 4287). */
export async function atomFeed(site: Site): Promise<string> {
  const { title, description, lang, homeUrl, publicUrl, updated, items } = await newestPosts(site)
  const whole = (path: string) => new URL(path, publicUrl).href
  return xmlDocument(
    xmlElement('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': lang }, [
      textElement('title', title),
      textElement('subtitle', description || undefined),
      textElement('id', homeUrl),
      textElement('updated', updated),
      xmlElement('link', { rel: 'self', type: 'application/atom+xml', href: whole('/feed.xml') }),
      xmlElement('link', { rel: 'alternate', type: 'text/html', href: homeUrl }),
      textElement('icon', whole('/icon-192.png')),
      // An entry whose authors nobody named is the site's.
      authorElement({ name: title, url: whole('/') }),
      ...items.map((item) => entryElement(item, homeUrl)),
    ]),
  )
}

// What looks like HTML in a title is meant to be read.
const plain = { type: 'text' }

const entryElement = (item: FeedItem, homeUrl: string): string =>
  xmlElement('entry', {}, [
    textElement('title', item.title, plain),
    textElement('id', item.id),
    xmlElement('link', { rel: 'alternate', type: 'text/html', href: item.url }),
    textElement('published', item.published),
    textElement('updated', item.updated),
    ...item.authors.map(authorElement),
    ...item.tags.map((tag) =>
      xmlElement('category', { term: tagSlug(tag), scheme: `${homeUrl}/tags/`, label: tag }),
    ),
    textElement('summary', item.summary, plain),
    textElement('content', item.html, { type: 'html' }),
  ])

const authorElement = ({ name, url }: Author): string =>
  xmlElement('author', {}, [
    textElement('name', name),
    url?.startsWith('mailto:') ? textElement('email', url.slice('mailto:'.length)) : textElement('uri', url),
  ])
