import { join } from 'node:path'
import type { Drawing } from '../images/drawing.ts'
import { isListed } from './addresses.ts'
import type { Content, ContentOptions } from './content.ts'
import type { ContentIndex } from './content-index.ts'
import { type ContentPicture, picturesByStem } from './content-pictures.ts'
import type { Documents } from './documents.ts'
import type { Document, PageEntry } from './entry.ts'
import { byPlace, type Fault } from './fault.ts'
import { relatedPosts } from './related.ts'
import type { Scan } from './scan.ts'
import { joinThread, leaveThread, sharedThread } from './shared-thread.ts'
import { tagSlug } from './slug.ts'

/** A content folder as its index has it; pages are read from the index when somebody asks for them. */
export class OpenedContent implements Content {
  readonly version: string
  readonly next: number | undefined
  readonly tags: ReadonlyMap<string, number>
  readonly faults: readonly Fault[]
  readonly #options: ContentOptions
  readonly #code: string
  readonly #scan: Scan
  readonly #index: ContentIndex
  #pages: readonly PageEntry[] | undefined
  #documents: Promise<Documents> | undefined
  #pictures: ReadonlyMap<string, readonly ContentPicture[]> | undefined
  #lowerCase: ReadonlyMap<string, string> | undefined
  #closed = false

  constructor(options: ContentOptions, code: string, scan: Scan, index: ContentIndex) {
    const { version, span, tags, faults } = index.head
    this.version = version
    this.next = span.next
    this.tags = new Map(tags)
    this.faults = [...scan.faults, ...faults].sort(byPlace)
    this.#options = options
    this.#code = code
    this.#scan = scan
    this.#index = index
    joinThread()
  }

  get nav(): readonly PageEntry[] {
    return this.#index.head.nav.map((number) => this.#index.entry(number))
  }

  get pages(): readonly PageEntry[] {
    this.#pages ??= this.#entries(this.#index.numbers('pages'))
    return this.#pages
  }

  get postCount(): number {
    return this.#index.numbers('posts').length
  }

  find(url: string): PageEntry | undefined {
    const number = this.#index.number(url)
    return number < 0 ? undefined : this.#index.entry(number)
  }

  redirect(url: string): string | undefined {
    return own(this.#index.redirects(), url)
  }

  posts(from: number, to: number): PageEntry[] {
    return this.#entries(this.#index.numbers('posts').subarray(from, to))
  }

  tagged(tag: string, from: number, to: number): PageEntry[] {
    return this.#entries(this.#postsOf(tag).subarray(from, to))
  }

  tagName(tag: string): string {
    return own(this.#index.tagNames(), tag) ?? tag
  }

  related(url: string, most: number): PageEntry[] {
    const post = this.#index.number(url)
    const slugs = new Set(this.find(url)?.tags.map(tagSlug))
    const tags = Array.from(slugs, (tag) => this.#postsOf(tag)).filter(({ length }) => length > 1)
    const rank = (number: number) => this.#index.postRank(number)
    const related = relatedPosts(post, { postCount: this.postCount, tags, rank }, most)
    return this.#entries(related)
  }

  neighbours(url: string): { newer?: PageEntry; older?: PageEntry } {
    const number = this.#index.number(url)
    const rank = number < 0 ? -1 : this.#index.postRank(number)
    if (rank < 0) return {}
    const [newer] = rank > 0 ? this.posts(rank - 1, rank) : []
    const [older] = this.posts(rank + 1, rank + 2)
    return { ...(newer && { newer }), ...(older && { older }) }
  }

  data(): Readonly<Record<string, unknown>> {
    return this.#index.data()
  }

  media(url: string): string | undefined {
    const media = own(this.#index.media(), url)
    return media && join(this.#options.dir, media.file)
  }

  pictures(stem: string): readonly ContentPicture[] {
    this.#pictures ??= picturesByStem(this.#options.dir, this.#index.media())
    return this.#pictures.get(stem) ?? []
  }

  drawing(url: string): Drawing | undefined {
    return own(this.#index.media(), url)?.drawing
  }

  faultsAt(url: string): readonly Fault[] {
    return this.#index.head.faults.filter((fault) => fault.url === url)
  }

  async document(entry: PageEntry): Promise<Document> {
    this.#documents ??= this.#openDocuments()
    return (await this.#documents).get(entry)
  }

  async warmUp(): Promise<void> {
    await (await sharedThread()).stayWarm()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await leaveThread()
  }

  async #openDocuments(): Promise<Documents> {
    const { Documents } = await import('./documents.ts')
    const { dir, cacheDir, knownUrls = [], postsPerPage = 10 } = this.#options
    const index = this.#index
    return new Documents({
      dir,
      cacheDir,
      code: this.#code,
      hashOf: ({ url }) => {
        const number = index.number(url)
        return number < 0 ? undefined : index.hash(number)
      },
      targets: {
        layout: this.#scan.layout,
        find: (url) => this.find(url),
        redirect: (url) => this.redirect(url),
        hidden: (url) => own(index.hidden(), url),
        image: (url) => own(index.media(), url),
        isKnown: (url) => isListed(url, knownUrls),
        lists: { postCount: this.postCount, tags: this.tags, postsPerPage },
        alike: (url) => this.#alike(url),
        data: () => this.data(),
        pageFiles: () => this.pages.map(({ file }) => file),
      },
    })
  }

  #alike(url: string): string | undefined {
    this.#lowerCase ??= new Map(this.pages.map((page) => [page.url.toLowerCase(), page.url]))
    return this.#lowerCase.get(url.toLowerCase())
  }

  #postsOf(tag: string): Uint32Array {
    let start = 0
    for (const [slug, count] of this.tags) {
      if (slug === tag) return this.#index.numbers('tagged').subarray(start, start + count)
      start += count
    }
    return new Uint32Array()
  }

  #entries(numbers: Iterable<number> & ArrayLike<number>): PageEntry[] {
    return Array.from(numbers, (number) => this.#index.entry(number))
  }
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined
