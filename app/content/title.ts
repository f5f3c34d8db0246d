import { posix } from 'node:path'

const fence = /^ {0,3}(`{3,}|~{3,})/

/** The title of a text that names none: its first heading, else what its file name says, which is a guess. */
export function titleFromText(file: string, body: string): { title: string; isGuess: boolean } {
  const heading = firstHeading(body)
  return heading ? { title: heading, isGuess: false } : { title: titleOfName(file), isGuess: true }
}

function firstHeading(body: string): string | undefined {
  let open: string | undefined
  let before = ''
  for (const line of body.split('\n')) {
    const mark = fence.exec(line)?.[1]
    if (open) {
      if (mark?.startsWith(open)) open = undefined
    } else if (mark) open = mark
    else if (/^ {0,3}#{2,6}\s/.test(line)) return undefined
    else {
      const found = /^ {0,3}#\s+(.+)$/.exec(line)?.[1] ?? (/^=+\s*$/.test(line) ? before : '')
      const text = plainText(found)
      if (text) return text
    }
    before = line
  }
  return undefined
}

/** A heading without the marks of Markdown and HTML, and without the anchor that some tools let one write. */
const plainText = (markdown: string): string =>
  markdown
    .replace(/\s*\{[:#][^}]*\}\s*$/, '')
    .replace(/\s+#+\s*$/, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<[^>]*>|[*`]/g, '')
    .replaceAll(/\\(?=[\p{P}\p{S}])/gu, '')
    .trim()

function titleOfName(file: string): string {
  const name = posix.basename(file).replace(/\.mdx?$/i, '')
  const isIndex = /^_?index$|^readme$/i.test(name)
  const folder = posix.basename(posix.dirname(file))
  const words = (isIndex ? folder.replace(/^\.$/, 'home') : name).replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
