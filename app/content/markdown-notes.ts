import type { Token, Tokens } from 'marked'

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

/** A quotation whose first line is `[!NOTE]` or the like, without that line. */
export function noteOf(
  tokens: readonly Token[],
): { kind: string; title: string; content: Token[] } | undefined {
  const [paragraph, ...others] = tokens
  if (paragraph?.type !== 'paragraph') return undefined
  const [first, next, ...rest] = (paragraph as Tokens.Paragraph).tokens
  const text = first?.type === 'text' ? (first as Tokens.Text).text : ''
  const [line = '', name] = marker.exec(text) ?? []
  const isBroken = next?.type === 'br'
  if (!name || (next && !isBroken && !text.includes('\n'))) return undefined
  const left = text.slice(line.length)
  const inline = [
    ...(left ? [{ ...first, text: left }] : []),
    ...(next && !(isBroken && !left) ? [next] : []),
    ...rest,
  ]
  const kind = name.toLowerCase()
  const title = kind.charAt(0).toUpperCase() + kind.slice(1)
  const head = inline.length > 0 ? [{ ...paragraph, tokens: inline as Token[] }] : []
  return { kind, title, content: [...head, ...others] }
}
