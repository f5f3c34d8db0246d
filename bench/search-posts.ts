import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const syllables =
  'ba ce di fo gu ha ji ko lu me ni pa qui ro su ta ve wo xa yo zu bri cla dro fle gran'.split(' ')
const vocabulary = 30_000
const wordsInPost = 400
const wordsInParagraph = 80
const day = 24 * 60 * 60 * 1000

/** Numbers from 0 to 1 that look random and are the same each time. */
export function numbersFrom(seed: number): () => number {
  let state = seed + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** The word of a rank; a word of a low rank is frequent, as in any language (Zipf's law). */
export function wordOf(rank: number): string {
  let word = ''
  for (let rest = rank * 7 + 30; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length]
  }
  return word
}

export const someWord = (next: () => number): string =>
  wordOf(Math.floor(vocabulary ** next()) - 1 + Math.floor(next() * 3))

const someWords = (next: () => number, count: number): string =>
  Array.from({ length: count }, () => someWord(next)).join(' ')

/** Fills a folder with posts of four hundred words, as many different ones as people use. */
export function writeSearchPosts(dir: string, count: number): void {
  for (const folder of ['pages', 'posts']) mkdirSync(join(dir, folder), { recursive: true })
  writeFileSync(join(dir, 'pages/index.md'), '---\ntitle: Home\ntemplate: page\n---\nMany posts.\n')
  for (let number = 0; number < count; number++) {
    const date = new Date(Date.UTC(2000, 0, 1) + (number % 9000) * day).toISOString().slice(0, 10)
    writeFileSync(join(dir, `posts/${date}-number-${number}.md`), post(numbersFrom(number)))
  }
}

function post(next: () => number): string {
  const front = `title: ${someWords(next, 5)}\ndescription: ${someWords(next, 12)}.\ntags: [${someWord(next)}]`
  const paragraphs = Array.from({ length: wordsInPost / wordsInParagraph }, (_, at) => {
    const heading = at % 2 === 1 ? `## ${someWords(next, 3)}\n\n` : ''
    return `${heading}${someWords(next, wordsInParagraph)}.\n`
  })
  return `---\n${front}\n---\n${paragraphs.join('\n')}`
}
