import type { Findable, Piece } from './found.ts'
import type { Section } from './sections.ts'
import { type Token, tokensOf } from './words.ts'

const length = 160
// Characters before the first hit, so that it is read in its sentence.
const lead = 40
const mostCounted = 5
const headingWeight = 8

interface Scored {
  readonly section: Section
  readonly hits: readonly Token[]
  readonly score: number
}

/** The section that says most of what is searched, and a piece of it with the hits marked. */
export function bestPlace(
  { sections, description }: Findable,
  terms: ReadonlySet<string>,
): { section: Section | undefined; snippet: Piece[] } {
  const scored = sections.map((section) => scoreOf(section, terms))
  const best = scored.reduce<Scored | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  if (!best || best.score === 0) {
    const text = description || (sections[0]?.text ?? '')
    return { section: undefined, snippet: snippetOf(text, hitsIn(text, terms)) }
  }
  const { section, hits } = best
  // A section that only holds others has no text of its own.
  const text = section.text || description
  return { section, snippet: snippetOf(text, section.text ? hits : hitsIn(text, terms)) }
}

function scoreOf(section: Section, terms: ReadonlySet<string>): Scored {
  const hits = hitsIn(section.text, terms)
  const inHeading = new Set(hitsIn(section.heading, terms).map(({ term }) => term)).size
  const different = new Set(hits.map(({ term }) => term)).size
  const score = inHeading * headingWeight + different * headingWeight + Math.min(hits.length, mostCounted)
  return { section, hits, score }
}

function hitsIn(text: string, terms: ReadonlySet<string>): Token[] {
  return [...tokensOf(text)].filter(({ term }) => terms.has(term))
}

/** A whole text with its hits marked. */
export const marked = (text: string, terms: ReadonlySet<string>): Piece[] =>
  piecesOf(text, hitsIn(text, terms), 0, text.length)

function snippetOf(text: string, hits: readonly Token[]): Piece[] {
  const start = bestStart(hits)
  const from = start <= lead ? 0 : wordAfter(text, start - lead)
  const to = from + length >= text.length ? text.length : wordBefore(text, from + length, from)
  const pieces = piecesOf(text, hits, from, to)
  if (from > 0) pieces.unshift({ text: '… ', marked: false })
  if (to < text.length) pieces.push({ text: ' …', marked: false })
  return pieces
}

/** Where the stretch begins that has the most different hits. */
function bestStart(hits: readonly Token[]): number {
  let best = { from: 0, different: 0 }
  for (const [i, { from }] of hits.entries()) {
    const within = new Set<string>()
    for (let j = i; j < hits.length && (hits[j]?.to ?? 0) < from + length - lead; j++) {
      within.add(hits[j]?.term ?? '')
    }
    if (within.size > best.different) best = { from, different: within.size }
  }
  return best.from
}

function piecesOf(text: string, hits: readonly Token[], from: number, to: number): Piece[] {
  const pieces: Piece[] = []
  const add = (piece: string, marked: boolean) => piece && pieces.push({ text: piece, marked })
  let at = from
  for (const hit of hits) {
    if (hit.from < at || hit.to > to) continue
    add(text.slice(at, hit.from), false)
    add(text.slice(hit.from, hit.to), true)
    at = hit.to
  }
  add(text.slice(at, to), false)
  return pieces
}

// A text without blanks is cut anywhere.
function wordAfter(text: string, at: number): number {
  const blank = text.indexOf(' ', at)
  return blank < 0 || blank > at + lead - 5 ? at : blank + 1
}

function wordBefore(text: string, at: number, from: number): number {
  const blank = text.lastIndexOf(' ', at)
  return blank <= from + length / 2 ? at : blank
}
