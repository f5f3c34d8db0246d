import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Quote {
  readonly file: string
  readonly line: number
  readonly text: string
}

const sources = ['README.md', 'docs/*.md', 'content/pages/**/*.md', 'content/posts/*.md']

export const docs: readonly string[] = sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()

interface Line {
  readonly number: number
  readonly text: string
  /** The language of the block that it is in; undefined in running text. */
  readonly block: string | undefined
}

/** The lines but the fences; a block ends at a fence as long as the one that opened it. */
function linesOf(text: string): Line[] {
  let open: { fence: string; language: string } | undefined
  return text.split('\n').flatMap((text, at) => {
    const [, fence, language = ''] = /^ *(`{3,})(\w*)$/.exec(text) ?? []
    if (fence === undefined || (open && (fence !== open.fence || language !== ''))) {
      return [{ number: at + 1, text, block: open?.language }]
    }
    open = open ? undefined : { fence, language }
    return []
  })
}

/** The lines of all blocks of shell commands, without their comments. */
export const shellLines = (file: string, text: string): Quote[] =>
  linesOf(text)
    .filter(({ block }) => block === 'sh')
    .map(({ number, text }) => ({ file, line: number, text: text.replace(/(?:^|\s+)#.*/, '').trim() }))
    .filter(({ text }) => text !== '')

/** Everything between backticks in running text. */
export const inlineCode = (file: string, text: string): Quote[] =>
  linesOf(text)
    .filter(({ block }) => block === undefined)
    .flatMap(({ number, text }) =>
      [...text.matchAll(/`([^`]+)`/g)].map(([, text = '']) => ({ file, line: number, text })),
    )

/** What all documents together quote. */
export const quotes = (find: (file: string, text: string) => Quote[]): Quote[] =>
  docs.flatMap((file) => find(file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')))

export const placeOf = ({ file, line, text }: Quote): string => `${file}:${line}: ${text}`
