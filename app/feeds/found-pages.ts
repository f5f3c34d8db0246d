import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PageEntry } from '../content/entry.ts'
import type { Site } from '../pages/site.ts'

// Reading ten thousand entries in one go would keep visitors waiting for a tenth of a second.
const batchSize = 500

/** Whether search engines may show a page: it is public, published, and does not say `noindex: true`. */
export const isFindable = ({ cache, draft, scheduled, fields }: PageEntry): boolean =>
  cache !== 'private' && !draft && !scheduled && fields.noindex !== true

/** The pages that may be found, by their URL, then the posts, newest first. */
export async function* findablePages({ content }: Pick<Site, 'content'>): AsyncIterable<PageEntry> {
  yield* content.pages.filter(isFindable)
  for (let from = 0; from < content.postCount; from += batchSize) {
    yield* content.posts(from, from + batchSize).filter(isFindable)
    await nextTurn()
  }
}
