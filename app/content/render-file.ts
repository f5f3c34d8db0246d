import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContentError } from './fault.ts'
import { tooDeepLine } from './markdown-limits.ts'
import type { Rendered } from './markdown-render.ts'
import { RenderError } from './markdown-thread.ts'
import type { RenderJob } from './markdown-worker.ts'
import { sharedThread } from './shared-thread.ts'
import { decode, errorAt, hashOf, splitSource } from './source.ts'

/** Renders one content file; the hash is that of the bytes rendered. Throws ContentError when it exceeds the bounds. */
export async function renderFile(dir: string, file: string): Promise<{ rendered: Rendered; hash: string }> {
  const bytes = readBytes(dir, file)
  const job = readJob(file, bytes)
  try {
    const thread = await sharedThread()
    return { rendered: await thread.render(job), hash: hashOf(bytes) }
  } catch (error) {
    if (!(error instanceof RenderError)) throw error
    throw new ContentError([errorAt(file, job.firstLine, 1, error.message, error.fix)])
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

function readBytes(dir: string, file: string): Buffer {
  try {
    return readFileSync(join(dir, file))
  } catch (error) {
    const what = `this file can no longer be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`
    throw new ContentError([errorAt(file, 1, 1, what, 'load the page again')])
  }
}
