import { parentPort } from 'node:worker_threads'
import { type Rendered, renderMarkdown } from './markdown-render.ts'

export interface RenderJob {
  markdown: string
  firstLine: number
}

export type RenderAnswer = { ready: true } | { rendered: Rendered } | { error: string }

const answer = (message: RenderAnswer): void => parentPort?.postMessage(message)

parentPort?.on('message', ({ markdown, firstLine }: RenderJob) => {
  renderMarkdown(markdown, firstLine).then(
    (rendered) => answer({ rendered }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  )
})
answer({ ready: true })
