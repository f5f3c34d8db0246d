import { authorsOf } from '../content/authors.ts'
import type { PageEntry } from '../content/entry.ts'
import type { Site } from './site.ts'

const wordsPerMinute = 220
const mostRelated = 3

/** What the template of a post sees besides the page. */
export const postContext = ({ content }: Site, entry: PageEntry, words: number): object => ({
  ...content.neighbours(entry.url),
  readingMinutes: Math.max(1, Math.round(words / wordsPerMinute)),
  authors: authorsOf(entry, content.data()),
  related: content.related(entry.url, mostRelated),
})
