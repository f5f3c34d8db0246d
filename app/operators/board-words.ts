import { readFileSync } from 'node:fs'
import { boardFile } from './board-files.ts'

/** Of those that bull-board speaks. */
export const language = 'en-GB'

type Words = { readonly [key: string]: string | Words }

/** The words of the board, where two states have the names that all other pages give them. */
export function boardWords(): Words {
  const words = JSON.parse(
    readFileSync(boardFile(`static/locales/${language}/messages.json`), 'utf8'),
  ) as Words
  return changed(words, { QUEUE: { STATUS: { FAILED: 'Dead letter', DELAYED: 'Retry' } } })
}

const changed = (words: Words, changes: Words): Words =>
  Object.fromEntries(
    Object.entries({ ...words, ...changes }).map(([key, word]) => {
      const [own, change] = [words[key], changes[key]]
      return [key, typeof own === 'object' && typeof change === 'object' ? changed(own, change) : word]
    }),
  )
