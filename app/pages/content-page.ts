import type { PageEntry } from '../content/entry.ts'
import { ContentError, type Fault } from '../content/fault.ts'
import { safe } from '../templates/renderer.ts'
import { docsContext } from './docs.ts'
import { type PageHandler, pageContext, sectionOf } from './page-plan.ts'
import { postContext } from './post-context.ts'
import type { Site } from './site.ts'

/** A page or post that somebody wrote; its front matter may change how long it is cached. */
export const contentPage: PageHandler = (site, { url }, seconds) => {
  const entry = site.content.find(url)
  if (!entry) return undefined
  return {
    cache: entry.cache ?? seconds,
    async render(visitor) {
      const { html, toc, words, faults } = await site.content.document(entry)
      if (site.showFaults) {
        refuseBroken([...site.dataFaults, ...site.content.faultsAt(entry.url), ...faults])
        site.report?.(entry.file, faults)
      }
      return site.renderer.render(templateOf(site, entry), {
        page: { ...pageContext(site, entry), toc, words },
        section: sectionOf(entry.url),
        body: safe(html),
        visitor,
        ...(entry.kind === 'post' ? postContext(site, entry, words) : pagesAround(site, entry)),
      })
    },
  }
}

// A template that does not exist is a fault of the page; in a folder of somebody else's, only a warning.
function templateOf({ templates }: Site, { template, kind, url }: PageEntry): string {
  if (template !== undefined && templates.names.includes(template)) return template
  return kind === 'page' && sectionOf(url) === 'docs' ? 'docs' : kind
}

const newestOnHome = 3

function pagesAround({ content }: Site, entry: PageEntry): object {
  if (entry.url === '/') return { posts: content.posts(0, newestOnHome) }
  return sectionOf(entry.url) === 'docs' ? docsContext(content, entry) : {}
}

function refuseBroken(faults: readonly Fault[]): void {
  if (faults.some(({ severity }) => severity === 'error')) throw new ContentError(faults)
}
