import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import type { Document, PageEntry } from './entry.ts'
import { byPlace, ContentError, type Fault } from './fault.ts'
import { saveFile } from './index-file.ts'
import { type LinkTargets, resolveReference } from './links.ts'
import { tooDeepLine } from './markdown-limits.ts'
import type { Rendered } from './markdown-render.ts'
import { MarkdownThread, RenderError } from './markdown-thread.ts'
import { documentPath } from './saved-documents.ts'
import { decode, errorAt, splitSource } from './source.ts'

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
  readonly #thread = new MarkdownThread()
  readonly #documents = new LRUCache<string, Document>({
    maxSize: memoryLimit,
    sizeCalculation: ({ html }) => html.length + 1,
  })
  readonly #pending = new Map<string, Promise<Document>>()
  readonly #failed = new Map<string, Fault>()
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

  close(): Promise<void> {
    return this.#thread.close()
  }

  async #make(entry: PageEntry): Promise<Document> {
    const { parts, references, toc, words, removals } = await this.#rendered(entry)
    const faults: Fault[] = removals.map(({ line, column, what }) => ({
      ...errorAt(entry.file, line, column, what, 'write it in Markdown, or leave it out'),
      severity: 'warning',
    }))
    let html = parts[0] ?? ''
    for (const [i, reference] of references.entries()) {
      const { value, fault } = await resolveReference(this.#targets, entry, reference)
      if (fault) faults.push(fault)
      html += value + (parts[i + 1] ?? '')
    }
    const document = { html, toc, words, faults: faults.sort(byPlace) }
    this.#documents.set(entry.url, document)
    return document
  }

  async #rendered(entry: PageEntry): Promise<Rendered> {
    const { cacheDir, code, hashOf } = this.#options
    const hash = hashOf(entry)
    if (hash === undefined)
      throw new ContentError([errorAt(entry.file, 1, 1, 'this page is no longer there', 'load it again')])
    const failed = this.#failed.get(hash)
    if (failed) throw new ContentError([failed])
    const path = documentPath(cacheDir, hash, code)
    const saved = load(path)
    if (saved) return saved
    const job = this.#read(entry)
    try {
      const rendered = await this.#thread.render(job)
      saveFile(path, JSON.stringify(rendered))
      return rendered
    } catch (error) {
      if (!(error instanceof RenderError)) throw error
      const fault = errorAt(entry.file, job.firstLine, 1, error.message, error.fix)
      this.#failed.set(hash, fault)
      throw new ContentError([fault])
    }
  }

  #read({ file }: PageEntry): { markdown: string; firstLine: number } {
    const text = decode(file, readFileSync(join(this.#options.dir, file)))
    const source = typeof text === 'string' ? splitSource(file, text) : text
    if ('what' in source) throw new ContentError([source])
    const deep = tooDeepLine(source.body)
    if (deep < 0) return { markdown: source.body, firstLine: source.bodyLine }
    const what = 'lists or quotations are nested too deep'
    throw new ContentError([errorAt(file, source.bodyLine + deep, 1, what, 'keep to a few levels')])
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

function load(path: string): Rendered | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Rendered
  } catch {
    return undefined
  }
}
