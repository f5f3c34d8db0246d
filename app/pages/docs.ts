import type { Content } from '../content/content.ts'
import type { PageEntry } from '../content/entry.ts'
import { sectionOf } from './page-plan.ts'

/** Pages that stand together in the sidebar, under a title of their own. */
export interface DocsGroup {
  readonly title: string
  readonly pages: readonly PageEntry[]
}

const inOrder = (a: PageEntry, b: PageEntry): number =>
  (a.navOrder ?? Number.MAX_SAFE_INTEGER) - (b.navOrder ?? Number.MAX_SAFE_INTEGER) ||
  (a.url < b.url ? -1 : 1)

/** The pages of the documentation by their groups, the first page first. */
export function docsGroups(content: Content): readonly DocsGroup[] {
  const pages = content.pages
    .filter(({ url }) => sectionOf(url) === 'docs')
    .sort((a, b) => Number(b.url === '/docs') - Number(a.url === '/docs') || inOrder(a, b))
  const groups = Map.groupBy(pages, ({ group }) => group ?? '')
  return [...groups].map(([title, pages]) => ({ title, pages }))
}

/** The documentation around one of its pages: all pages, the one before and the one after. */
export function docsContext(content: Content, entry: PageEntry): object {
  const groups = docsGroups(content)
  const pages = groups.flatMap(({ pages }) => pages)
  const at = pages.findIndex(({ url }) => url === entry.url)
  return { groups, previous: pages[at - 1], next: pages[at + 1] }
}
