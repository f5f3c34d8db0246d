/** The documents that have a term in a field, as MiniSearch asks for them. */
interface FieldPostings {
  readonly size: number
  keys(): Iterable<number>
  get(document: number): number | undefined
}

/** The postings of a term by the number of the field. */
export interface TermPostings {
  get(field: number): FieldPostings | undefined
}

/** The postings of a term in an index that was opened. */
export interface OpenPostings extends TermPostings {
  /** The documents of all fields, one after the other. */
  readonly documents: Uint32Array
}

/** The postings of all terms one after the other: maps of numbers take seven times their memory. */
export interface PostingColumns {
  readonly terms: readonly string[]
  readonly fieldCount: number
  /** Documents of each term in each field. */
  readonly counts: Uint32Array
  readonly documents: Uint32Array
  /** How often, up to 255 times. */
  readonly frequencies: Uint8Array
}

const mostCounted = 255

/** The terms of an index in columns; the documents of a term come in their order. */
export function postingColumns(
  vocabulary: Iterable<[string, TermPostings]>,
  fieldCount: number,
): PostingColumns {
  const terms: string[] = []
  const counts: number[] = []
  for (const [term, byField] of vocabulary) {
    terms.push(term)
    for (let field = 0; field < fieldCount; field++) counts.push(byField.get(field)?.size ?? 0)
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  const [documents, frequencies] = [new Uint32Array(total), new Uint8Array(total)]
  let at = 0
  for (const [, byField] of vocabulary) {
    for (let field = 0; field < fieldCount; field++) {
      const postings = byField.get(field)
      for (const document of postings?.keys() ?? []) {
        documents[at] = document
        frequencies[at++] = Math.min(postings?.get(document) ?? 0, mostCounted)
      }
    }
  }
  return { terms, fieldCount, counts: Uint32Array.from(counts), documents, frequencies }
}

/** Term after term with its postings, which stay in their columns. */
export function* termsOf(columns: PostingColumns): Iterable<[string, OpenPostings]> {
  const { terms, fieldCount, counts } = columns
  const starts = new Uint32Array(counts.length + 1)
  for (const [at, count] of counts.entries()) starts[at + 1] = (starts[at] ?? 0) + count
  for (const [at, term] of terms.entries()) {
    yield [term, new ColumnPostings(columns, starts, at * fieldCount)]
  }
}

class ColumnPostings implements OpenPostings {
  readonly #columns: PostingColumns
  readonly #starts: Uint32Array
  readonly #first: number

  constructor(columns: PostingColumns, starts: Uint32Array, first: number) {
    this.#columns = columns
    this.#starts = starts
    this.#first = first
  }

  get(field: number): FieldPostings | undefined {
    const from = this.#starts[this.#first + field] ?? 0
    const to = this.#starts[this.#first + field + 1] ?? 0
    const { documents, frequencies } = this.#columns
    return to > from ? new Postings(documents, frequencies, from, to) : undefined
  }

  get documents(): Uint32Array {
    const { documents, fieldCount } = this.#columns
    return documents.subarray(this.#starts[this.#first], this.#starts[this.#first + fieldCount])
  }
}

class Postings implements FieldPostings {
  readonly #documents: Uint32Array
  readonly #frequencies: Uint8Array
  readonly #from: number
  readonly #to: number
  #at = 0

  constructor(documents: Uint32Array, frequencies: Uint8Array, from: number, to: number) {
    this.#documents = documents
    this.#frequencies = frequencies
    this.#from = from
    this.#to = to
    this.#at = from
  }

  get size(): number {
    return this.#to - this.#from
  }

  keys(): Iterable<number> {
    this.#at = this.#from
    return this.#documents.subarray(this.#from, this.#to)
  }

  /** MiniSearch asks for one document after the other, in the order of keys(). */
  get(document: number): number | undefined {
    if (this.#documents[this.#at] !== document || this.#at >= this.#to) this.#at = this.#placeOf(document)
    return this.#at < 0 ? undefined : this.#frequencies[this.#at++]
  }

  #placeOf(document: number): number {
    const at = this.#documents.subarray(this.#from, this.#to).indexOf(document)
    return at < 0 ? -1 : this.#from + at
  }
}
