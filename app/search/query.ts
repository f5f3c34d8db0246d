import { fold, isStopWord, termOf, wordsOf } from './words.ts'

/** What somebody searches for, within bounds. */
export interface Query {
  /** As it was typed, cut and cleaned. */
  readonly text: string
  /** Without case, accents and words that say nothing. */
  readonly words: readonly string[]
}

const longestQuery = 200
const longestWord = 60
const mostWords = 10

/** Reads what a visitor typed; more words than ten, and more characters than two hundred, play no part. */
export function readQuery(typed: string): Query {
  const text = typed
    .slice(0, 10 * longestQuery)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestQuery)
    .toWellFormed()
  const byTerm = new Map(wordsOf(fold(text)).map((word) => [termOf(word), word]))
  const telling = [...byTerm].filter(([term]) => !isStopWord(term))
  const words = (telling.length > 0 ? telling : [...byTerm]).map(([, word]) => word.slice(0, longestWord))
  return { text, words: words.slice(0, mostWords) }
}

/** Texts that differ only in case, accents, punctuation or plurals are equal in this form. */
export const plainForm = (text: string): string => wordsOf(fold(text)).map(termOf).join(' ')
