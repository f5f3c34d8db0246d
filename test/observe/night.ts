import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Question {
  readonly title: string
  /** Its blocks of shell commands. */
  readonly blocks: readonly string[]
  readonly text: string
}

const file = join(import.meta.dirname, '../../docs/operating.md')

/** The parts of docs/operating.md, what comes before the first question too. */
export function questions(): Question[] {
  const parts = readFileSync(file, 'utf8').split(/^## /m)
  return parts.map((text) => ({
    title: text.slice(0, text.indexOf('\n')),
    blocks: [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block),
    text,
  }))
}
