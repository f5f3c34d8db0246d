import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContentError } from './fault.ts'
import { tooDeepLine } from './markdown-limits.ts'
import type { Rendered } from './markdown-render.ts'
import { MarkdownThread, RenderError } from './markdown-thread.ts'
import type { RenderJob } from './markdown-worker.ts'
import { decode, errorAt, hashOf, splitSource } from './source.ts'

/** Renders the Markdown of content files in a thread of its own. */
export class PageRenderer {
  readonly #dir: string
  readonly #thread = new MarkdownThread()

  constructor(dir: string) {
    this.#dir = dir
  }

  /** The hash is that of the bytes rendered. Throws ContentError when the file cannot be rendered within bounds. */
  async render(file: string): Promise<{ rendered: Rendered; hash: string }> {
    const bytes = this.#bytes(file)
    const job = readJob(file, bytes)
    try {
      return { rendered: await this.#thread.render(job), hash: hashOf(bytes) }
    } catch (error) {
      if (!(error instanceof RenderError)) throw error
      throw new ContentError([errorAt(file, job.firstLine, 1, error.message, error.fix)])
    }
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  #bytes(file: string): Buffer {
    try {
      return readFileSync(join(this.#dir, file))
    } catch (error) {
      const what = `this file can no longer be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`
      throw new ContentError([errorAt(file, 1, 1, what, 'load the page again')])
    }
  }
}

function readJob(file: string, bytes: Buffer): RenderJob {
  const text = decode(file, bytes)
  const source = typeof text === 'string' ? splitSource(file, text) : text
  if ('what' in source) throw new ContentError([source])
  const deep = tooDeepLine(source.body)
  if (deep < 0) return { markdown: source.body, firstLine: source.bodyLine }
  const what = 'lists or quotations are nested too deep'
  throw new ContentError([errorAt(file, source.bodyLine + deep, 1, what, 'keep to a few levels')])
}
