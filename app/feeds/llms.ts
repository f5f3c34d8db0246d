import type { PageEntry } from '../content/entry.ts'
import { docsGroups } from '../pages/docs.ts'
import { isFindable } from '../pages/head-meta.ts'
import { sectionOf } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'
import { siteFacts } from '../pages/site-facts.ts'

const mostPosts = 100

/** The site as llmstxt.org describes it: what it is, and where what it says can be read. */
export function llmsText(site: Site): string {
  const { name, tagline } = siteFacts(site)
  const { content, publicUrl } = site
  const link = (title: string, url: string, about?: string) =>
    `- [${inLink(title)}](${new URL(url, publicUrl).href})${about ? `: ${oneLine(about)}` : ''}`
  const section = (title: string, entries: readonly PageEntry[]) => {
    const lines = entries.filter(isFindable).map((entry) => link(entry.title, entry.url, entry.description))
    return lines.length > 0 ? [`## ${oneLine(title)}\n\n${lines.join('\n')}`] : []
  }
  const optional = [
    link('Feed', '/feed.json', 'the newest posts, whole'),
    link('Sitemap', '/sitemap.xml', 'every page and post'),
  ]
  const parts = [
    `# ${oneLine(name)}`,
    ...(tagline ? [`> ${oneLine(tagline)}`] : []),
    ...section(
      'Pages',
      content.pages.filter(({ url }) => sectionOf(url) !== 'docs'),
    ),
    ...docsGroups(content).flatMap(({ title, pages }) =>
      section(title ? `Documentation: ${title}` : 'Documentation', pages),
    ),
    ...section('Blog', content.posts(0, mostPosts)),
    `## Optional\n\n${optional.join('\n')}`,
  ]
  return `${parts.join('\n\n')}\n`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const inLink = (text: string): string => oneLine(text).replace(/[\\[\]]/g, '\\$&')
