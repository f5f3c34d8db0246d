import type { Site } from '../pages/site.ts'

// Of one visitor, or without end. The sign at the end keeps a path from being the beginning of others.
const ownPaths = ['/session$', '/session/', '/search$', '/search?']

/** What robots are told (RFC 9309): all but what is for one visitor, and where the sitemap is. */
export function robots({ content, publicUrl }: Site): string {
  const isPrivate = content.pages.filter(({ cache }) => cache === 'private')
  const paths = [...ownPaths, ...isPrivate.map(({ url }) => `${url}$`)]
  const rules = ['User-agent: *', ...paths.map((path) => `Disallow: ${path}`)]
  return `${rules.join('\n')}\n\nSitemap: ${new URL('/sitemap.xml', publicUrl).href}\n`
}
