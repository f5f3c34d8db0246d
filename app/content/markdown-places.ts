export interface Place {
  line: number
  column: number
}

/** Finds where in a Markdown source something in its HTML was written. */
export class Places {
  readonly #firstLine: number
  readonly #cursors = new Map<string, number>()
  readonly #lineStarts: number[] = [0]
  #source: string

  /** `firstLine`: the line of its file that the source begins at. */
  constructor(source: string, firstLine: number) {
    this.#source = source
    this.#firstLine = firstLine
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1)
  }

  /** Blanks code, in which links and tags are only text. */
  hide(parts: readonly string[]): void {
    const pieces: string[] = []
    let done = 0
    for (const part of parts) {
      const at = part === '' ? -1 : this.#source.indexOf(part, done)
      if (at < 0) continue
      pieces.push(this.#source.slice(done, at), ' '.repeat(part.length))
      done = at + part.length
    }
    this.#source = pieces.join('') + this.#source.slice(done)
  }

  /** The next place of the first needle there is; `within` it is the part to point at. */
  find(needles: readonly string[], within = ''): Place {
    for (const needle of needles) {
      const found = this.#source.indexOf(needle, this.#cursors.get(needle) ?? 0)
      const at = found >= 0 ? found : this.#source.indexOf(needle)
      if (at < 0) continue
      this.#cursors.set(needle, at + needle.length)
      return this.at(at + (within === '' ? 0 : Math.max(0, needle.lastIndexOf(within))))
    }
    return { line: this.#firstLine, column: 1 }
  }

  /** Every place of a pattern with the flag `g`, and what is there without the blanks around it. */
  all(pattern: RegExp): (Place & { text: string })[] {
    return Array.from(this.#source.matchAll(pattern), ({ 0: text, index }) => {
      const blanks = text.length - text.trimStart().length
      return { ...this.at(index + blanks), text: text.trim() }
    })
  }

  /** The place of a character of the source. */
  at(at: number): Place {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: this.#firstLine + low, column: at - (this.#lineStarts[low] ?? 0) + 1 }
  }
}
