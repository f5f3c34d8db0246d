import MiniSearch, { type AsPlainObject, type Options } from 'minisearch'
import type SearchableMap from 'minisearch/SearchableMap'
import type { Findable } from './found.ts'
import { type OpenPostings, type PostingColumns, postingColumns, termsOf } from './postings.ts'
import { isStopWord, termOf, wordsOf } from './words.ts'

export type Vocabulary = SearchableMap<OpenPostings>

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
export const frequencyOf = ({ documents }: OpenPostings): number => documents.length

/** An index without its terms, as JSON can hold it. */
export type Frame = Omit<AsPlainObject, 'index'>

export function framed(index: SearchIndex): { frame: Frame; columns: PostingColumns } {
  const columns = postingColumns(vocabularyOf(index), Object.keys(boosts).length)
  // With its terms, the JSON of a large index takes more memory than the index.
  const withoutTerms: SearchIndex = Object.create(index, { _index: { value: [] } })
  return { frame: withoutTerms.toJSON(), columns }
}

/** An index that only can be searched: its terms stay in their columns. */
export function indexOf(frame: Frame, columns: PostingColumns): SearchIndex {
  const index = MiniSearch.loadJS<IndexedPage>({ ...frame, index: [] }, options)
  const vocabulary = vocabularyOf(index)
  for (const [term, postings] of termsOf(columns)) vocabulary.set(term, postings)
  return index
}
