import type { Query as IndexQuery, SearchResult } from 'minisearch'
import type { Findable, Found, Hit } from './found.ts'
import type { SavedIndex } from './index-file.ts'
import { costOf, documentsOf, type MatchedWord, matchWords } from './match.ts'
import { plainForm, type Query } from './query.ts'
import { indexOf, type SearchIndex, vocabularyOf } from './search-index.ts'
import { bestPlace, marked } from './snippet.ts'

/** Which of the hits are wanted. */
export interface Window {
  readonly from: number
  readonly to: number
}

export interface OpenIndex {
  find(query: Query, window: Window): Found
  close(): void
}

/** An index ready to be asked. */
export function openIndex(saved: SavedIndex): OpenIndex {
  const index = indexOf(saved.frame, saved.columns)
  const page = (number: number): Findable => JSON.parse(saved.text(number))
  return {
    close: saved.close,
    find({ text, words: asked }, { from, to }) {
      const words = matchWords(vocabularyOf(index), asked)
      const known = words.filter(({ matches }) => matches.length > 0)
      const missing = words.filter(({ matches }) => matches.length === 0).map(({ word }) => word)
      const title = plainForm(text)
      const ranked = rank(index, known, (number) => saved.titles[number] === title)
      const didYouMean = corrected(words)
      const isMarked = new Set(known.flatMap(({ matches }) => matches.map(({ term }) => term)))
      return {
        count: ranked.length,
        hits: ranked.slice(from, to).map((number) => hitOf(page(number), isMarked)),
        missing,
        ...(didYouMean && { didYouMean }),
      }
    },
  }
}

/** The numbers of the pages with every word, or where none has, of those with some: best first. */
function rank(
  index: SearchIndex,
  words: readonly MatchedWord[],
  isTitle: (number: number) => boolean,
): number[] {
  const [rarest, ...others] = byCost(index, words)
  if (!rarest) return []
  const among = documentsOf(vocabularyOf(index), rarest)
  // A document without the rarest word need not be looked at for the others.
  const every = index.search(queryOf(words, 'AND'), { boostDocument: (id) => (among.has(id) ? 1 : 0) })
  const results = every.length > 0 || others.length === 0 ? every : index.search(queryOf(words, 'OR'))
  const wordOf = new Map(words.flatMap(({ word, matches }) => matches.map(({ term }) => [term, word])))
  return results
    .map((result) => ({ id: result.id as number, score: scoreOf(result, wordOf, isTitle) }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .map(({ id }) => id)
}

function byCost(index: SearchIndex, words: readonly MatchedWord[]): MatchedWord[] {
  const vocabulary = vocabularyOf(index)
  return [...words].sort((a, b) => costOf(vocabulary, a) - costOf(vocabulary, b))
}

const queryOf = (words: readonly MatchedWord[], combineWith: 'AND' | 'OR'): IndexQuery => ({
  combineWith,
  queries: words.map(({ matches }) => ({
    combineWith: 'OR',
    queries: matches.map(({ term, weight }) => ({ queries: [term], boostTerm: () => weight })),
  })),
})

const titleBonus = 1000

/** MiniSearch rewards each term it was given; here only words of the visitor count, not what they stand for. */
function scoreOf(
  { id, score, queryTerms }: SearchResult,
  wordOf: ReadonlyMap<string, string>,
  isTitle: (number: number) => boolean,
): number {
  const words = new Set(queryTerms.map((term) => wordOf.get(term))).size
  return (score / (queryTerms.length || 1)) * words ** 2 + (isTitle(id) ? titleBonus : 0)
}

function corrected(words: readonly MatchedWord[]): string | undefined {
  if (!words.some(({ isMistyped, matches }) => isMistyped && matches.length > 0)) return undefined
  return words.map(({ word, matches, isMistyped }) => (isMistyped && matches[0]?.term) || word).join(' ')
}

function hitOf(page: Findable, isMarked: ReadonlySet<string>): Hit {
  const { section, snippet } = bestPlace(page, isMarked)
  // The first heading of a page often is its title once more.
  const isDeep = section?.id && section.heading !== page.title
  return {
    url: isDeep ? `${page.url}#${encodeURIComponent(section.id)}` : page.url,
    title: marked(page.title, isMarked),
    ...(isDeep && { heading: section.heading }),
    label: page.label,
    ...(page.date && { date: page.date }),
    snippet,
  }
}
