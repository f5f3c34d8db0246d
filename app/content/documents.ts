import { readFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import { saveFile } from '../saved/save-file.ts'
import { withData } from './data-values.ts'
import type { Document, PageEntry } from './entry.ts'
import { ContentError, distinct, type Fault } from './fault.ts'
import type { LinkTargets } from './link-targets.ts'
import { resolveReference } from './links.ts'
import type { Finding, Rendered } from './markdown-render.ts'
import { documentPath } from './saved-documents.ts'
import { errorAt } from './source.ts'
import { withoutTitle } from './title-heading.ts'
import type { Layout } from './url.ts'

export interface DocumentsOptions {
  dir: string
  cacheDir: string
  code: string
  /** The hash of an entry's file as the index has it. */
  hashOf(entry: PageEntry): string | undefined
  targets: Omit<LinkTargets, 'anchors'>
}

// Characters of HTML kept in memory.
const memoryLimit = 16 * 1024 * 1024

/** Renders pages, each once: what the text alone decides is saved by its hash, the rest is resolved against the site. */
export class Documents {
  readonly #options: DocumentsOptions
  readonly #targets: LinkTargets
  readonly #documents = new LRUCache<string, Document>({
    maxSize: memoryLimit,
    sizeCalculation: ({ html }) => html.length + 1,
  })
  readonly #pending = new Map<string, Promise<Document>>()
  readonly #rendering = new Map<string, Promise<Rendered>>()
  readonly #failed = new Map<string, ContentError>()
  readonly #anchors = new LRUCache<string, readonly string[]>({ max: 1000 })

  constructor(options: DocumentsOptions) {
    this.#options = options
    this.#targets = { ...options.targets, anchors: (url) => this.#anchorsOf(url) }
  }

  /** Throws ContentError when the page cannot be rendered. */
  async get(entry: PageEntry): Promise<Document> {
    const known = this.#documents.get(entry.url) ?? this.#pending.get(entry.url)
    if (known) return known
    const made = this.#make(entry).finally(() => this.#pending.delete(entry.url))
    this.#pending.set(entry.url, made)
    return made
  }

  async #make(entry: PageEntry): Promise<Document> {
    const { layout } = this.#targets
    const rendered = withoutTitle(await this.#rendered(entry), entry.title, layout)
    const { parts, references, toc, words, findings } = rendered
    const faults = findings.map((finding) => faultOf(finding, entry, layout))
    const pictures = new Set<string>()
    let html = parts[0] ?? ''
    for (const [i, reference] of references.entries()) {
      const { value, fault, picture } = await resolveReference(this.#targets, entry, reference)
      if (fault) faults.push(layout === 'folder' ? { ...fault, severity: 'warning' } : fault)
      if (picture) pictures.add(picture)
      html += value + (parts[i + 1] ?? '')
    }
    const data = this.#targets.data()
    const document = {
      html,
      toc: toc.map((item) => ({ ...item, text: withData(item.text, data) })),
      words,
      pictures: [...pictures],
      faults: distinct(faults),
    }
    this.#documents.set(entry.url, document)
    return document
  }

  async #rendered(entry: PageEntry): Promise<Rendered> {
    const hash = this.#options.hashOf(entry)
    if (hash === undefined) {
      throw new ContentError([errorAt(entry.file, 1, 1, 'this page is no longer there', 'load it again')])
    }
    const known = this.#failed.get(entry.file) ?? this.#rendering.get(hash)
    if (known instanceof ContentError) throw known
    if (known) return known
    const rendering = this.#load(entry, hash).finally(() => this.#rendering.delete(hash))
    this.#rendering.set(hash, rendering)
    return rendering
  }

  async #load({ file }: PageEntry, hash: string): Promise<Rendered> {
    const { dir, cacheDir, code } = this.#options
    const saved = readSaved(documentPath(cacheDir, hash, code))
    if (saved) return saved
    try {
      const { renderFile } = await import('./render-file.ts')
      const made = await renderFile(dir, file)
      saveFile(documentPath(cacheDir, made.hash, code), JSON.stringify(made.rendered))
      return made.rendered
    } catch (error) {
      // What hung once would hang again: the next visitor need not wait for it.
      if (error instanceof ContentError) this.#failed.set(file, error)
      throw error
    }
  }

  async #anchorsOf(url: string): Promise<readonly string[] | undefined> {
    const entry = this.#options.targets.find(url)
    const known = this.#anchors.get(url)
    if (known || !entry) return known
    try {
      const { ids } = await this.#rendered(entry)
      this.#anchors.set(url, ids)
      return ids
    } catch (error) {
      // The other page has its own fault to report.
      if (error instanceof ContentError) return undefined
      throw error
    }
  }
}

/** In a folder of somebody else's, what is written cannot cost a page. */
const faultOf = (
  { severity, line, column, what, fix, kind }: Finding,
  { file }: PageEntry,
  layout: Layout,
): Fault => ({
  ...errorAt(file, line, column, what, fix),
  ...(kind && { kind }),
  severity: layout === 'folder' ? 'warning' : severity,
})

function readSaved(path: string): Rendered | undefined {
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as Partial<Rendered> | null
    const isWhole = saved?.parts && saved.references && saved.parts.length === saved.references.length + 1
    return isWhole ? (saved as Rendered) : undefined
  } catch {
    return undefined
  }
}
