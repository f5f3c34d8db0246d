import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Content, type ContentOptions, openContent } from '../../app/content/content.ts'
import type { Document } from '../../app/content/entry.ts'
import { ContentError, formatFault } from '../../app/content/fault.ts'

export type Files = Readonly<Record<string, string | Buffer>>

/** A test, or the whole file: `{ after }`. */
export interface Owner {
  after(end: () => Promise<void>): void
}

/** A content folder of one test, with its own cache folder; both are gone when the test ends. */
export class Folder {
  readonly dir: string
  readonly cacheDir: string
  readonly #opened: Content[] = []

  constructor(t: Owner, files: Files = {}) {
    const root = mkdtempSync(join(tmpdir(), 'content-'))
    this.dir = join(root, 'content')
    this.cacheDir = join(root, 'cache')
    mkdirSync(this.dir)
    this.write(files)
    t.after(async () => {
      await Promise.all(this.#opened.map((content) => content.close()))
      rmSync(root, { recursive: true, force: true })
    })
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true })
      writeFileSync(this.path(name), text)
    }
  }

  path(name: string): string {
    return join(this.dir, name)
  }

  copyTo(other: Folder): void {
    cpSync(this.dir, other.dir, { recursive: true })
  }

  async open(options: Partial<ContentOptions> = {}): Promise<Content> {
    const content = await openContent({
      dir: this.dir,
      cacheDir: this.cacheDir,
      drafts: false,
      templates: ['page', 'post', 'docs'],
      ...options,
    })
    this.#opened.push(content)
    return content
  }
}

/** A page of just a title and this text. */
export const page = (body = '', title = 'A page'): string => `---\ntitle: ${title}\n---\n${body}`

/** The rendered page at a URL. */
export async function documentAt(content: Content, url: string): Promise<Document> {
  const entry = content.find(url)
  if (!entry) throw new Error(`nothing at ${url}: ${content.faults.map(formatFault).join('\n')}`)
  return content.document(entry)
}

/** The rendered form of one page's Markdown. */
export async function render(t: Owner, markdown: string, files: Files = {}): Promise<Document> {
  const folder = new Folder(t, { 'pages/page.md': page(markdown), ...files })
  return documentAt(await folder.open({ knownUrls: ['/blog', '/blog/tags/*'] }), '/page')
}

/** Everything wrong with the content as its author would read it, pages rendered too. */
export async function faultsOf(content: Content): Promise<string[]> {
  const found = [...content.faults]
  for (const entry of [...content.pages, ...content.posts(0, content.postCount)]) {
    const faults = await content.document(entry).then(
      (document) => document.faults,
      (error: unknown) => {
        if (error instanceof ContentError) return error.faults
        throw error
      },
    )
    found.push(...faults)
  }
  return found.map(formatFault)
}
