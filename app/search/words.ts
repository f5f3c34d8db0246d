// Scripts that write no blanks between words: each of their characters is searched as a word.
const word =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]|[[\p{L}\p{N}\p{M}]--[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]+/gv

const longestTerm = 40

const stopWords = new Set(
  (
    'a an and are as at be but by can do does for from had has have how i if in into is it its may no not of on or ' +
    'our so than that the their them then there these they this to was we were what when where which who why will ' +
    'with would you your'
  ).split(' '),
)

/** A word at its place in a text. */
export interface Token {
  readonly term: string
  readonly from: number
  readonly to: number
}

/** A text without case and accents. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // Most texts are ASCII, where there is nothing more to do.
  if (!/[^\0-\x7f]/.test(lower)) return lower
  return lower.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase()
}

/** The form in which words are compared: no case, no accents, no English plural. */
export function termOf(word: string): string {
  const folded = fold(word).slice(0, longestTerm)
  if (folded.length < 4 || !folded.endsWith('s')) return folded
  if (folded.endsWith('sses')) return folded.slice(0, -2)
  if (folded.length > 4 && folded.endsWith('ies')) return `${folded.slice(0, -3)}y`
  return /[^sui]s$/.test(folded) ? folded.slice(0, -1) : folded
}

/** Whether the word is in every other text, and so says nothing about any. */
export const isStopWord = (term: string): boolean => stopWords.has(term)

/** The words of a text as they stand there. */
export const wordsOf = (text: string): string[] => text.match(word) ?? []

/** The words of a text with their places. */
export function* tokensOf(text: string): Iterable<Token> {
  for (const { 0: found, index } of text.matchAll(word)) {
    yield { term: termOf(found), from: index, to: index + found.length }
  }
}
