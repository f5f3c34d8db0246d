import { createHash } from 'node:crypto'
import { Marked, type Token, type Tokens } from 'marked'
import markedFootnote from 'marked-footnote'
import { decodedAnchor } from './anchor.ts'
import { Components, foreignSyntax } from './dialects.ts'
import type { TocItem } from './entry.ts'
import type { Fault } from './fault.ts'
import { countTops, headingFindings, headingsOf } from './heading-levels.ts'
import { dataValues } from './markdown-data.ts'
import { loadLanguages } from './markdown-highlight.ts'
import { Places } from './markdown-places.ts'
import { rendererFor } from './markdown-renderer.ts'
import { sanitize } from './markdown-sanitize.ts'
import { Targets } from './markdown-targets.ts'
import { titleHeading } from './title-heading.ts'

/** Something in the content that only the rest of the site can resolve. */
export interface Reference {
  kind: 'link' | 'image' | 'data'
  /** As written; of a data value with its braces. */
  target: string
  line: number
  column: number
  /** Of an image: it stands for the whole element. */
  image?: WrittenImage
}

/** An image as its author wrote it. */
export interface WrittenImage {
  /** As HTML has them, values escaped; all but `src`. */
  attributes: Readonly<Record<string, string>>
  /** Likely to be seen at once: the first image, before the second heading. */
  isFirst: boolean
}

/** What the author of a text should hear of it. */
export interface Finding extends Omit<Fault, 'file'> {
  /** It is of a heading of the title's level. */
  isTop?: boolean
}

/** A page as far as its own text decides it: saved by the hash of that text. */
export interface Rendered {
  /** HTML cut where the references go: one part more than there are references. */
  parts: readonly string[]
  references: readonly Reference[]
  /** NUL encloses values of data files in its texts. */
  toc: readonly TocItem[]
  /** What anchors may point to. */
  ids: readonly string[]
  words: number
  findings: readonly Finding[]
  /** The text that a page begins with as if that were its title. */
  titleHeading?: string | undefined
}

/** Markdown to safe HTML. `firstLine` is the line of the file that the text begins at. */
export async function renderMarkdown(markdown: string, firstLine: number): Promise<Rendered> {
  const source = markdown.replaceAll('\0', '\uFFFD')
  const places = new Places(source, firstLine)
  const targets = new Targets(places, markOf(source))
  const footnotes = markedFootnote({ backRefLabel: 'Back to where note {0} is used' })
  const marked = new Marked({ gfm: true }, footnotes, dataValues(targets))
  const tokens = marked.lexer(source)
  const code: Tokens.Code[] = []
  const hidden: string[] = []
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'code') code.push(token as Tokens.Code)
    if (token.type === 'code' || token.type === 'codespan') hidden.push(token.raw.trim())
  })
  await loadLanguages(code.map(({ lang }) => lang ?? ''))
  places.hide(hidden)
  const components = new Components(places)
  const toc: TocItem[] = []
  const headings = headingsOf(tokens, source)
  const tops = countTops(headings)
  const lowered = tops > 0 ? 1 : 0
  marked.use({ renderer: rendererFor(toc, targets, lowered) })
  await Promise.all(marked.walkTokens(tokens, marked.defaults.walkTokens ?? (() => undefined)))
  const html = marked.parser(tokens)
  const ids = new Set<string>()
  const clean = sanitize(html, {
    removed: (tag, attribute) => {
      if (attribute !== undefined || !components.leftOut(tag)) targets.removed(tag, attribute)
    },
    target: (tag, target, attributes) => targets.resolve(tag, target, attributes),
    id: (id) => ids.add(id),
    lowered,
  })
  const words = clean.replace(/<[^>]*>/g, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0
  const { parts, references } = cutReferences(clean, targets, ids)
  return {
    parts,
    references,
    toc,
    ids: [...ids],
    words,
    findings: [
      ...foreignSyntax(places),
      ...components.findings(),
      ...headingFindings(headings, places),
      ...targets.findings,
    ],
    titleHeading: titleHeading(parts[0] ?? '', toc, tops),
  }
}

// Nobody can write down the hash of the text they are writing: content cannot hold a mark of its own.
const markOf = (source: string): string => createHash('sha256').update(source).digest('hex')

/** Cuts where the references go. Links within the page need nobody else. */
function cutReferences(html: string, { mark, references: all, values }: Targets, ids: ReadonlySet<string>) {
  const parts = ['']
  const references: Reference[] = []
  let images = 0
  let from = 0
  const gaps = html.matchAll(new RegExp(`<img ([^>]*)src="${mark}"([^>]*)>|${mark}(?:d(\\d+);)?`, 'g'))
  let i = 0
  for (const { 0: gap, 1: before, 2: after, 3: value, index } of gaps) {
    const reference = value === undefined ? all[i++] : values[Number(value)]
    parts[parts.length - 1] += html.slice(from, index)
    from = index + gap.length
    if (!reference) continue
    if (isOwnAnchor(reference, ids)) {
      parts[parts.length - 1] += reference.target
      continue
    }
    const image = before === undefined ? undefined : attributesOf(before + after)
    const isFirst = image !== undefined && images++ === 0 && headingsIn(html.slice(0, index)) < 2
    references.push({ ...reference, ...(image && { image: { attributes: image, isFirst } }) })
    parts.push('')
  }
  parts[parts.length - 1] += html.slice(from)
  return { parts, references }
}

const isOwnAnchor = ({ kind, target }: Reference, ids: ReadonlySet<string>): boolean =>
  kind === 'link' && /^#[^"<>&\s]+$/.test(target) && ids.has(decodedAnchor(target))

const headingsIn = (html: string): number => html.match(/<h[1-6][ >]/g)?.length ?? 0

const attributesOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
