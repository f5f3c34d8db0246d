import type { AssembledContent, HiddenPage, MediaFile, SiteFault } from './assemble.ts'
import { bytesOf, float64s, searchText, type TextColumn, textAt, textColumn, uint32s } from './columns.ts'
import type { PageEntry } from './entry.ts'
import type { Columns } from './index-file.ts'
import type { FileRecord } from './record.ts'
import type { Scan } from './scan.ts'
import { isScheduled, isWithin, type Span } from './schedule.ts'

/** What an index was made with and holds in short: parsed at every start, so it is kept small. */
interface Head {
  key: string
  code: string
  layout: Scan['layout']
  version: string
  span: Span
  nav: readonly number[]
  tags: readonly (readonly [slug: string, posts: number])[]
  faults: readonly SiteFault[]
}

/** A site in columns, as it is saved. `records` and `hashes` are those of the scan's files. */
export function siteColumns(
  made: Pick<Head, 'key' | 'code'>,
  scan: Scan,
  site: AssembledContent,
  records: readonly string[],
  hashes: readonly string[],
): Columns {
  const { version, span, nav, faults } = site
  const tags = [...site.tags].map(([tag, posts]) => [tag, posts.length] as const)
  const head: Head = { ...made, layout: scan.layout, version, span, nav, tags, faults }
  const [urls, texts] = [textColumn(site.urls), textColumn(records)]
  const numbers = (list: readonly number[]) => bytesOf(Uint32Array.from(list))
  return new Map([
    ['head', Buffer.from(JSON.stringify(head))],
    ['files', Buffer.from(scan.files.join('\n'))],
    ['sizes', bytesOf(scan.sizes)],
    ['times', bytesOf(scan.times)],
    ['hashes', Buffer.from(hashes.join(''), 'hex')],
    ['records', texts.bytes],
    ['recordOffsets', bytesOf(texts.offsets)],
    ['urls', urls.bytes],
    ['urlOffsets', bytesOf(urls.offsets)],
    ['entryFiles', numbers(site.entryFiles)],
    ['pages', numbers(site.pages)],
    ['posts', numbers(site.posts)],
    ['tagged', numbers([...site.tags.values()].flat())],
    ['tagNames', Buffer.from(JSON.stringify(Object.fromEntries(site.tagNames)))],
    ['redirects', Buffer.from(JSON.stringify(site.redirects))],
    ['hidden', Buffer.from(JSON.stringify(site.hidden))],
    ['data', Buffer.from(JSON.stringify(site.data))],
    ['media', Buffer.from(JSON.stringify(site.media))],
  ])
}

/** Reads a site from its columns, each the first time it is needed. */
export class ContentIndex {
  readonly head: Head
  readonly #columns: Columns
  readonly #numbers = new Map<string, Uint32Array>()
  readonly #parsed = new Map<string, unknown>()
  readonly #urls: TextColumn
  readonly #records: TextColumn
  #postRanks: Int32Array | undefined

  constructor(columns: Columns) {
    this.#columns = columns
    this.head = JSON.parse(this.#bytes('head').toString()) as Head
    this.#urls = { bytes: this.#bytes('urls'), offsets: this.numbers('urlOffsets') }
    this.#records = { bytes: this.#bytes('records'), offsets: this.numbers('recordOffsets') }
  }

  /** Whether the files are still those the index was made from, and nothing has appeared since. */
  isOf(key: string, scan: Scan, now: number): boolean {
    // First, since an index that older code made may lack what comes after.
    if (this.head.key !== key || !isWithin(this.head.span, now)) return false
    const sizes = float64s(this.#bytes('sizes'))
    const times = float64s(this.#bytes('times'))
    if (sizes.length !== scan.sizes.length) return false
    for (let i = 0; i < sizes.length; i++) {
      if (sizes[i] !== scan.sizes[i] || !isSameTime(times[i], scan.times[i])) return false
    }
    return this.#bytes('files').equals(Buffer.from(scan.files.join('\n')))
  }

  /** A function that gives the record and hash of a file that has not changed. */
  unchanged(scan: Scan, code: string): (i: number) => { record: string; hash: string } | undefined {
    const numbers = new Map(
      this.#bytes('files')
        .toString()
        .split('\n')
        .map((file, i) => [file, i]),
    )
    const sizes = float64s(this.#bytes('sizes'))
    const times = float64s(this.#bytes('times'))
    const { head } = this
    if (head.layout !== scan.layout || head.code !== code) return () => undefined
    return (i) => {
      const old = numbers.get(scan.files[i] ?? '')
      if (old === undefined || sizes[old] !== scan.sizes[i] || !isSameTime(times[old], scan.times[i]))
        return undefined
      return { record: textAt(this.#records, old), hash: this.#hash(old) }
    }
  }

  /** The number of the page or post at a URL; -1 when there is none. */
  number(url: string): number {
    return searchText(this.#urls, url)
  }

  url(number: number): string {
    return textAt(this.#urls, number)
  }

  entry(number: number): PageEntry {
    const record = JSON.parse(textAt(this.#records, this.#fileOf(number))) as FileRecord
    const entry = record.entry as PageEntry
    return isScheduled(entry, this.head.span) ? { ...entry, scheduled: true } : entry
  }

  /** The hash of an entry's file. */
  hash(number: number): string {
    return this.#hash(this.#fileOf(number))
  }

  numbers(name: 'urlOffsets' | 'recordOffsets' | 'entryFiles' | 'pages' | 'posts' | 'tagged'): Uint32Array {
    return this.#once(this.#numbers, name, () => uint32s(this.#bytes(name)))
  }

  redirects(): Readonly<Record<string, string>> {
    return this.#json('redirects')
  }

  hidden(): Readonly<Record<string, HiddenPage>> {
    return this.#json('hidden')
  }

  tagNames(): Readonly<Record<string, string>> {
    return this.#json('tagNames')
  }

  data(): Readonly<Record<string, unknown>> {
    return this.#json('data')
  }

  media(): Readonly<Record<string, MediaFile>> {
    return this.#json('media')
  }

  /** The place of an entry among the posts, newest first; -1 for a page. */
  postRank(number: number): number {
    if (!this.#postRanks) {
      this.#postRanks = new Int32Array(this.numbers('entryFiles').length).fill(-1)
      for (const [rank, post] of this.numbers('posts').entries()) this.#postRanks[post] = rank
    }
    return this.#postRanks[number] ?? -1
  }

  #json<T>(name: string): T {
    return this.#once(this.#parsed, name, () => JSON.parse(this.#bytes(name).toString())) as T
  }

  #once<T>(made: Map<string, T>, name: string, make: () => T): T {
    const known = made.get(name)
    if (known !== undefined) return known
    const value = make()
    made.set(name, value)
    return value
  }

  #fileOf = (number: number): number => this.numbers('entryFiles')[number] ?? 0
  #hash = (file: number): string => this.#bytes('hashes').toString('hex', file * 16, file * 16 + 16)
  #bytes = (name: string): Buffer => this.#columns.get(name) ?? Buffer.alloc(0)
}

// Image layers keep whole seconds of a time: an index made before the files were packed must still fit.
const isSameTime = (saved = Number.NaN, now = Number.NaN): boolean =>
  saved === now || (now % 1000 === 0 && Math.floor(saved / 1000) * 1000 === now)
