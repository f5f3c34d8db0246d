import type { PageEntry } from '../content/entry.ts'
import { ContentError, type Fault } from '../content/fault.ts'
import { safe } from '../templates/renderer.ts'
import { docsContext } from './docs.ts'
import { type PageHandler, pageContext, sectionOf } from './page-plan.ts'
import type { Site } from './site.ts'

/** A page or post that somebody wrote; its front matter may change how long it is cached. */
export const contentPage: PageHandler = (site, { url }, seconds) => {
  const entry = site.content.find(url)
  if (!entry) return undefined
  return {
    cache: entry.cache ?? seconds,
    async render(visitor) {
      const { html, toc, words, faults } = await site.content.document(entry)
      if (site.showFaults) refuseBroken([...site.dataFaults, ...site.content.faultsAt(entry.url), ...faults])
      return site.renderer.render(templateOf(entry), {
        page: { ...pageContext(site, entry), toc, words },
        section: sectionOf(entry.url),
        body: safe(html),
        visitor,
        ...neighbours(site, entry),
      })
    },
  }
}

const templateOf = ({ template, kind, url }: PageEntry): string =>
  template ?? (kind === 'page' && sectionOf(url) === 'docs' ? 'docs' : kind)

function neighbours(site: Site, entry: PageEntry): object {
  if (entry.kind === 'post') return site.content.neighbours(entry.url)
  return sectionOf(entry.url) === 'docs' ? docsContext(site.content, entry) : {}
}

function refuseBroken(faults: readonly Fault[]): void {
  if (faults.some(({ severity }) => severity === 'error')) throw new ContentError(faults)
}
