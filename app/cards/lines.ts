import type { Typeface } from './typeface.ts'

/** Lines of text and the size they are set in. */
export interface SetText {
  readonly lines: readonly string[]
  readonly size: number
}

export interface Room {
  readonly width: number
  /** What fits below each other at a size. */
  readonly lines: (size: number) => number
  /** From the largest; the last is used when none fits. */
  readonly sizes: readonly number[]
}

/** Sets a text as large as it fits, in lines of about the same length; what is too long ends in an ellipsis. */
export function setText(face: Typeface, text: string, { width, lines: most, sizes }: Room): SetText {
  const words = text.split(' ').filter(Boolean)
  for (const size of sizes) {
    const measure = (line: string) => face.width(line, size)
    if (words.some((word) => measure(word) > width)) continue
    const lines = fill(words, width, measure)
    if (lines.length <= most(size)) return { size, lines: balanced(words, lines, width, measure) }
  }
  const size = sizes.at(-1) ?? 0
  const measure = (line: string) => face.width(line, size)
  const parts = words.flatMap((word) => pieces(word, width, measure))
  return { size, lines: cut(fill(parts, width, measure), most(size), width, measure) }
}

type Measure = (line: string) => number

/** Each line as full as it gets. */
function fill(words: readonly string[], width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && measure(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

/** A word that is longer than a line, broken where the line ends. */
function pieces(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word]
  const made = ['']
  for (const character of word) {
    const longer = made.at(-1) + character
    if (measure(longer) > width) made.push(character)
    else made[made.length - 1] = longer
  }
  return made.filter(Boolean)
}

/** The same number of lines, as narrow as they can be: none is left with a word alone. */
function balanced(words: readonly string[], lines: string[], width: number, measure: Measure): string[] {
  let best = lines
  let [low, high] = [width / 2, width]
  while (high - low > 4) {
    const middle = (low + high) / 2
    const narrower = fill(words, middle, measure)
    if (narrower.length > lines.length || narrower.some((line) => measure(line) > middle)) low = middle
    else {
      best = narrower
      high = middle
    }
  }
  return best
}

function cut(lines: string[], most: number, width: number, measure: Measure): string[] {
  if (lines.length <= most) return lines
  let last = lines[most - 1] ?? ''
  while (last !== '' && measure(`${last}…`) > width)
    last = last.slice(0, Math.max(last.lastIndexOf(' '), 0) || -1)
  return [...lines.slice(0, most - 1), `${last.replace(/[\s,.;:–—-]+$/, '')}…`]
}
