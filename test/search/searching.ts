import type { Content } from '../../app/content/content.ts'
import { createLog } from '../../app/logging/log.ts'
import type { Found, Piece } from '../../app/search/found.ts'
import { readQuery } from '../../app/search/query.ts'
import type { SearchThreadOptions } from '../../app/search/search-thread.ts'
import { type SiteSearch, siteSearch } from '../../app/search/site-search.ts'
import { type Files, Folder, type Owner } from '../content/folder.ts'

export type Find = (typed: string, from?: number, to?: number) => Promise<Found>

export interface Searching {
  readonly folder: Folder
  readonly search: SiteSearch
  readonly lines: string[]
  readonly find: Find
  /** Shows other content from now on. */
  use(content: Content): void
}

/** A search over some files, as the site has it, which ends with its test. */
export async function searching(t: Owner, files: Files, thread?: SearchThreadOptions): Promise<Searching> {
  const folder = new Folder(t, files)
  let content = await folder.open()
  const lines: string[] = []
  const log = createLog(
    { logLevel: 'info', release: 'r', instance: 'i' },
    { write: (line) => void lines.push(line) },
  )
  const { cacheDir } = folder
  const search = siteSearch({ content: () => content, cacheDir, log, ...(thread && { thread }) })
  t.after(() => search.close())
  return {
    folder,
    search,
    lines,
    find: findIn(search),
    use(next) {
      content = next
    },
  }
}

export const findIn =
  (search: SiteSearch): Find =>
  (typed, from = 0, to = 10) =>
    search.find(readQuery(typed), { from, to })

/** The addresses of what was found, best first. */
export const urlsOf = ({ hits }: Found): string[] => hits.map(({ url }) => url)

/** A text with its marks as brackets. */
export const bracketed = (pieces: readonly Piece[] = []): string =>
  pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')

export const post = (title: string, body: string, more = ''): string =>
  `---\ntitle: ${title}\n${more}---\n${body}\n`
