import { authorsOf } from '../content/authors.ts'
import type { Content } from '../content/content.ts'
import type { HeadImage, HeadPage } from './head-meta.ts'
import type { Site } from './site.ts'
import type { SiteFacts } from './site-facts.ts'

type Node = Readonly<Record<string, unknown>>

/** What a page is, in the words of schema.org, as JSON-LD. */
export function structuredData(site: Site, facts: SiteFacts, page: HeadPage, image?: HeadImage): object {
  // Our own addresses are written as they should be: to read and write each anew would cost a tenth of the page.
  const whole = (path: string) => site.publicUrl + path
  const organization = {
    '@type': 'Organization',
    '@id': whole('/#organization'),
    name: facts.name,
    url: whole('/'),
    logo: whole('/icon-512.png'),
  }
  const about = {
    ...(page.description && { description: page.description }),
    url: whole(page.url),
    inLanguage: facts.lang,
    ...(image && { image: image.url }),
  }
  const nodes =
    page.url === '/'
      ? [website(facts, whole)]
      : [{ ...articleOf(site, page, whole), ...about }, breadcrumbs(site, page, whole)]
  return { '@context': 'https://schema.org', '@graph': [...nodes, organization] }
}

type Whole = (url: string) => string

const website = ({ name, tagline, lang }: SiteFacts, whole: Whole): Node => ({
  '@type': 'WebSite',
  '@id': whole('/#website'),
  name,
  url: whole('/'),
  ...(tagline && { description: tagline }),
  inLanguage: lang,
  publisher: { '@id': whole('/#organization') },
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${whole('/search')}?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  },
})

function articleOf(site: Site, page: HeadPage, whole: Whole): Node {
  const publisher = { '@id': whole('/#organization') }
  const isPart = page.url.startsWith('/docs/') || page.url === '/docs'
  if (page.kind === 'post')
    return {
      '@type': 'BlogPosting',
      headline: page.title,
      publisher,
      ...dates(page),
      ...authors(site, page, whole),
    }
  if (page.kind === 'page' && isPart)
    return { '@type': 'TechArticle', headline: page.title, publisher, ...dates(page) }
  return {
    '@type': page.kind === 'page' ? 'WebPage' : 'CollectionPage',
    name: page.title,
    publisher,
    ...dates(page),
  }
}

const dates = ({ publishedAt, updated }: HeadPage): Node => ({
  ...(publishedAt && { datePublished: publishedAt, dateModified: publishedAt }),
  ...(updated && { dateModified: updated }),
})

function authors({ content }: Site, page: HeadPage, whole: Whole): Node {
  const people = authorsOf({ authors: page.authors ?? [] }, content.data())
  const { tags = [] } = page
  return {
    author:
      people.length === 0
        ? { '@id': whole('/#organization') }
        : people.map(({ name, url, kind }) => ({
            '@type': kind === 'organisation' ? 'Organization' : 'Person',
            name,
            ...(url && { url: URL.parse(url, whole('/'))?.href }),
          })),
    ...(tags.length > 0 && { keywords: tags }),
  }
}

/** The pages above a page, by its address, and the page itself. */
function breadcrumbs({ content }: Site, page: HeadPage, whole: Whole): Node {
  const parts = page.url.split('/').slice(1, -1)
  const above = ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
  const items = [
    ...above.flatMap((url) => {
      const name = nameOf(content, url)
      return name ? [{ name, url }] : []
    }),
    { name: page.title, url: page.url },
  ]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: items.map(({ name, url }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name,
      item: whole(url),
    })),
  }
}

const ownNames: Readonly<Record<string, string>> = { '/': 'Home', '/blog': 'Blog', '/blog/tags': 'Tags' }

// Few pages are above others, and to read one of them takes as long as all the rest of this.
const names = new WeakMap<Content, Map<string, string>>()

/** What a page above others is called in short; empty when there is none. */
function nameOf(content: Content, url: string): string {
  const known = names.get(content) ?? new Map<string, string>()
  names.set(content, known)
  const name = known.get(url) ?? readName(content, url)
  known.set(url, name)
  return name
}

function readName(content: Content, url: string): string {
  if (ownNames[url]) return ownNames[url]
  const page = content.find(url)
  return page?.navTitle ?? page?.title ?? ''
}
