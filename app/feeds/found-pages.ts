import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PageEntry } from '../content/entry.ts'
import { isFindable } from '../pages/head-meta.ts'
import type { Site } from '../pages/site.ts'

// Reading ten thousand entries in one go would keep visitors waiting for a tenth of a second.
const batchSize = 500

/** The pages that may be found, by their URL, then the posts, newest first. */
export async function* findablePages({ content }: Pick<Site, 'content'>): AsyncIterable<PageEntry> {
  yield* content.pages.filter(isFindable)
  for (let from = 0; from < content.postCount; from += batchSize) {
    yield* content.posts(from, from + batchSize).filter(isFindable)
    await nextTurn()
  }
}
