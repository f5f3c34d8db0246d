import type { Token, Tokens } from 'marked'
import type { Places } from './markdown-places.ts'
import type { Finding } from './markdown-render.ts'

interface Heading {
  level: number
  /** Where it begins in the source. */
  at: number
}

/** The headings of a text, Markdown's and HTML's, as they come. */
export function headingsOf(tokens: readonly Token[], source: string): Heading[] {
  const headings: Heading[] = []
  let at = 0
  for (const token of tokens) {
    // Footnotes come first in the list, wherever they are written.
    if (!source.startsWith(token.raw, at)) continue
    collect(token, at, headings)
    at += token.raw.length
  }
  return headings
}

function collect(token: Token, at: number, headings: Heading[]): void {
  if (token.type === 'heading') headings.push({ level: (token as Tokens.Heading).depth, at })
  if (token.type === 'html') {
    const shown = token.raw.replace(/<!--.*?(?:-->|$)/gs, (comment) => ' '.repeat(comment.length))
    for (const { 1: level, index } of shown.matchAll(/<h([1-6])(?=[\s>])/gi))
      headings.push({ level: Number(level), at: at + index })
  }
  let from = 0
  for (const part of partsOf(token)) {
    const [firstLine = ''] = part.raw.split('\n', 1)
    const found = token.raw.indexOf(firstLine, from)
    collect(part, at + Math.max(found, from), headings)
    if (found >= 0) from = found + firstLine.length
  }
}

const partsOf = (token: Token): readonly Token[] =>
  token.type === 'list' ? (token as Tokens.List).items : 'tokens' in token ? (token.tokens ?? []) : []

/** How many headings of a text are of the level that only the page's title has. */
export const countTops = (headings: readonly Heading[]): number =>
  headings.filter(({ level }) => level === 1).length

/** What is wrong with the levels of the headings of a text. */
export function headingFindings(headings: readonly Heading[], places: Places): Finding[] {
  const findings: Finding[] = []
  const report = (at: number, what: string, fix: string, isTop = false) =>
    findings.push({
      severity: 'warning',
      kind: 'levels of headings',
      ...places.at(at),
      what,
      fix,
      ...(isTop && { isTop }),
    })
  const top = headings.find(({ level }) => level === 1)
  if (top) {
    const what = 'this heading is of the level of the title, which stands above the text already'
    report(top.at, what, 'give each heading of the page one level more, which is how it is shown', true)
  }
  const lowered = top ? 1 : 0
  // The title comes before all of them. Levels are counted as they are shown.
  let above = 1
  for (const { level, at } of headings) {
    const shown = level + lowered
    if (shown > above + 1) {
      const after = above > 1 ? `one of level ${above - lowered}` : 'the title'
      const what = `this heading of level ${level} comes right below ${after}`
      report(at, what, `make it one of level ${Math.max(2, above + 1 - lowered)}`)
    }
    above = shown
  }
  return findings
}
