import MiniSearch, { type AsPlainObject, type Options } from 'minisearch'
import type SearchableMap from 'minisearch/SearchableMap'
import type { Findable } from './found.ts'
import { isStopWord, termOf, wordsOf } from './words.ts'

/** The postings of a term: documents by field. */
export type Postings = ReadonlyMap<number, ReadonlyMap<number, number>>

export type Vocabulary = SearchableMap<Postings>

interface IndexedPage {
  readonly id: number
  readonly title: string
  readonly headings: string
  readonly description: string
  readonly tags: string
  readonly text: string
}

/** How much more a word says in one field than in another. */
export const boosts = { title: 8, headings: 4, tags: 4, description: 3, text: 1 } as const

const options: Options<IndexedPage> = {
  fields: Object.keys(boosts),
  tokenize: wordsOf,
  // A title may consist of such words alone; in texts they would be a third of the index.
  processTerm(word, field) {
    const term = termOf(word)
    return field === 'text' && isStopWord(term) ? null : term
  },
  searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: boosts },
}

export type SearchIndex = MiniSearch<IndexedPage>

export const newIndex = (): SearchIndex => new MiniSearch(options)

/** Adds a page under the next free number. */
export function addPage(index: SearchIndex, page: Findable): void {
  index.add({
    id: index.documentCount,
    title: page.title,
    headings: page.sections.map(({ heading }) => heading).join('\n'),
    description: page.description,
    tags: page.tags.join('\n'),
    text: page.sections.map(({ text }) => text).join('\n'),
  })
}

/** The terms of an index. MiniSearch has no other way to ask which terms there are. */
export const vocabularyOf = (index: SearchIndex): Vocabulary =>
  (index as unknown as { _index: Vocabulary })._index

/** In how many places a term is. */
export function frequencyOf(postings: Postings): number {
  let sum = 0
  for (const { size } of postings.values()) sum += size
  return sum
}

/** An index as lines of JSON: the first without its terms, then a line a term. */
export function* linesOf(index: SearchIndex): Iterable<string> {
  const { index: terms, ...rest } = index.toJSON()
  yield JSON.stringify(rest)
  for (const term of terms) yield JSON.stringify(term)
}

/** Term after term, because all of them parsed at once take several times the memory of the index. */
export function indexOfLines(lines: Iterator<string>): SearchIndex {
  const rest = JSON.parse(lines.next().value ?? '')
  const terms = { [Symbol.iterator]: () => ({ next: () => parsed(lines.next()) }) }
  return MiniSearch.loadJS({ ...rest, index: terms } as AsPlainObject, options)
}

const parsed = (line: IteratorResult<string>): IteratorResult<unknown> =>
  line.done ? line : { value: JSON.parse(line.value), done: false }
