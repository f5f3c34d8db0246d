import type { Content } from '../content/content.ts'
import type { PageEntry } from '../content/entry.ts'
import { ContentError } from '../content/fault.ts'
import type { SearchThread } from './search-thread.ts'
import type { PageToAdd, Place } from './search-worker.ts'

const batchSize = 20

/** Hands every page that may be found to the thread, a few at a time. */
export async function buildIndex(thread: SearchThread, content: Content, place: Place): Promise<void> {
  await thread.begin()
  for (const entries of batches(content)) {
    const pages = await Promise.all(entries.filter(isFindable).map((entry) => pageToAdd(content, entry)))
    if (!(await thread.add(pages))) throw new Error('the thread was replaced while it made the index')
  }
  if (!(await thread.finish(place))) throw new Error('the index that was made cannot be opened')
}

function* batches(content: Content): Iterable<readonly PageEntry[]> {
  const { pages, postCount } = content
  for (let from = 0; from < pages.length; from += batchSize) yield pages.slice(from, from + batchSize)
  for (let from = 0; from < postCount; from += batchSize) yield content.posts(from, from + batchSize)
}

/** Search shows nobody what not everybody may see, or what asks not to be found. */
export const isFindable = ({ draft, scheduled, cache, noindex, fields }: PageEntry): boolean =>
  !draft && !scheduled && cache !== 'private' && !noindex && !/noindex/.test(`${fields.robots}`)

async function pageToAdd(content: Content, entry: PageEntry): Promise<PageToAdd> {
  const { url, title, description = '', date, tags } = entry
  const page = { url, title, description, tags, label: labelOf(entry), html: await htmlOf(content, entry) }
  return date ? { ...page, date } : page
}

async function htmlOf(content: Content, entry: PageEntry): Promise<string> {
  try {
    return (await content.document(entry)).html
  } catch (error) {
    // Its faults are told where it is shown; its title can be found all the same.
    if (error instanceof ContentError) return ''
    throw error
  }
}

const labelOf = ({ kind, url }: PageEntry): PageToAdd['label'] => {
  if (kind === 'post') return 'Blog'
  return /^\/docs(?:\/|$)/.test(url) ? 'Docs' : 'Page'
}
