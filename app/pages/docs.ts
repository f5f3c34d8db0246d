import type { Content } from '../content/content.ts'
import type { PageEntry } from '../content/entry.ts'
import { sectionOf } from './page-plan.ts'

const inOrder = (a: PageEntry, b: PageEntry): number =>
  (a.navOrder ?? Number.MAX_SAFE_INTEGER) - (b.navOrder ?? Number.MAX_SAFE_INTEGER) ||
  (a.url < b.url ? -1 : 1)

/** The pages of the documentation, the first page first. */
export const docsPages = (content: Content): readonly PageEntry[] =>
  content.pages
    .filter(({ url }) => sectionOf(url) === 'docs')
    .sort((a, b) => Number(b.url === '/docs') - Number(a.url === '/docs') || inOrder(a, b))

/** The documentation around one of its pages: all pages, the one before and the one after. */
export function docsContext(content: Content, entry: PageEntry): object {
  const docs = docsPages(content)
  const at = docs.findIndex(({ url }) => url === entry.url)
  return { docs, previous: docs[at - 1], next: docs[at + 1] }
}
