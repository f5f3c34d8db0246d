import type { Place } from '../model.ts'

/** A text with its lines, so that an offset can be named as people count. */
export class Source {
  readonly file: string
  readonly text: string
  readonly #lineStarts: number[] = [0]

  constructor(file: string, text: string) {
    this.file = file
    // Some editors begin a file with a byte order mark.
    this.text = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1)
  }

  place(at: number, path: string): Place {
    let [low, high] = [0, this.#lineStarts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { file: this.file, line: low + 1, column: at - (this.#lineStarts[low] ?? 0) + 1, path }
  }
}
