import type { OpenPostings } from './postings.ts'
import { frequencyOf, type Vocabulary } from './search-index.ts'
import { termOf } from './words.ts'

/** A term of the index that a word of the query stands for, and how much it counts. */
export interface Match {
  readonly term: string
  readonly weight: number
}

/** What a word of the query stands for in the index; nothing when it has no such word. */
export interface MatchedWord {
  readonly word: string
  readonly matches: readonly Match[]
  /** Whether it had to be taken for a mistyped one. */
  readonly isMistyped: boolean
}

const prefixWeight = 0.4
const typoWeight = 0.5
const shortestPrefix = 2
const shortestMistyped = 3
// Bounds of what one word can cost.
const mostPrefixesRead = 1000
const mostMatches = 24
const mostPrefixPostings = 3000
const mostPostings = 20_000
const mostSimilar = 6
const mostMistyped = 4

/** Looks up the words of a query: as written, as the beginning of a word, else as a mistyped one. */
export function matchWords(vocabulary: Vocabulary, words: readonly string[]): MatchedWord[] {
  let mistypedLeft = mostMistyped
  const matched = words.map((word, at) => {
    const term = termOf(word)
    const written = vocabulary.has(term) ? [{ term, weight: 1 }] : []
    // The last word may still be under the visitor's fingers.
    const isUnfinished = written.length === 0 || at === words.length - 1
    const begun = isUnfinished ? beginningWith(vocabulary, term) : []
    const matches = [...written, ...begun]
    if (matches.length > 0 || mistypedLeft-- <= 0) return { word, matches, isMistyped: false }
    return { word, matches: similarTo(vocabulary, word), isMistyped: true }
  })
  return withinCost(vocabulary, matched)
}

/** Leaves out the most frequent words of a query that would take long: they tell pages apart the least. */
function withinCost(vocabulary: Vocabulary, words: readonly MatchedWord[]): MatchedWord[] {
  const costs = words.map((word) => ({ word, cost: costOf(vocabulary, word) }))
  const affordable = new Set<MatchedWord>()
  let spent = 0
  for (const { word, cost } of costs.sort((a, b) => a.cost - b.cost)) {
    if (spent > 0 && spent + cost > mostPostings) break
    affordable.add(word)
    spent += cost
  }
  return words.filter((word) => affordable.has(word))
}

/** In how many places the terms of a word are. */
export const costOf = (vocabulary: Vocabulary, { matches }: MatchedWord): number =>
  matches.reduce((sum, { term }) => sum + (vocabulary.get(term)?.documents.length ?? 0), 0)

function beginningWith(vocabulary: Vocabulary, word: string): Match[] {
  if (word.length < shortestPrefix) return []
  const found: Frequent[] = []
  for (const [term, postings] of vocabulary.atPrefix(word)) {
    if (term !== word) found.push({ term, frequency: frequencyOf(postings) })
    if (found.length >= mostPrefixesRead) break
  }
  return mostFrequent(found).map(({ term }) => ({
    term,
    weight: (prefixWeight * word.length) / term.length + prefixWeight / 2,
  }))
}

interface Frequent {
  readonly term: string
  readonly frequency: number
}

/** The most frequent terms, but only as many as can be looked at quickly. */
function mostFrequent(terms: Frequent[]): Frequent[] {
  terms.sort((a, b) => b.frequency - a.frequency)
  const picked: Frequent[] = []
  let left = mostPrefixPostings
  for (const term of terms) {
    if (picked.length === mostMatches) break
    if (term.frequency > left) continue
    picked.push(term)
    left -= term.frequency
  }
  return picked.length > 0 ? picked : terms.slice(-1)
}

/** The documents that have one of the terms of a word. */
export function documentsOf(vocabulary: Vocabulary, { matches }: MatchedWord): ReadonlySet<number> {
  const documents = new Set<number>()
  for (const { term } of matches) {
    for (const document of vocabulary.get(term)?.documents ?? []) documents.add(document)
  }
  return documents
}

/** The closest terms only: two letters swapped, one letter apart, or two in a longer word. */
function similarTo(vocabulary: Vocabulary, word: string): Match[] {
  if (word.length < shortestMistyped || /^\d+$/.test(word)) return []
  const swapped = swaps(word)
    .map(termOf)
    .filter((term) => vocabulary.has(term))
  if (swapped.length > 0) return [...new Set(swapped)].map((term) => ({ term, weight: typoWeight }))
  const term = termOf(word)
  for (const distance of term.length > 4 ? [1, 2] : [1]) {
    const found = [...vocabulary.fuzzyGet(term, distance)]
    if (found.length > 0) return mostLikely(term, found)
  }
  return []
}

/** People seldom mistype the first letter, and mean frequent words more often. */
function mostLikely(word: string, found: ReadonlyArray<[string, [OpenPostings, number]]>): Match[] {
  return found
    .map(([term, [postings]]) => ({ term, rank: frequencyOf(postings) * (term[0] === word[0] ? 10 : 1) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, mostSimilar)
    .map(({ term }, at) => ({ term, weight: typoWeight / (at + 1) }))
}

const swaps = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, at) =>
    [word.slice(0, at), word[at + 1], word[at], word.slice(at + 2)].join(''),
  )
