import type { Findings } from '../fault.ts'
import type { Entry, JsonArray, JsonNode, JsonObject, Scalar } from './nodes.ts'
import type { Source } from './source.ts'
import { Tokens } from './tokens.ts'

// Deeper than any definition; beyond it the stack of this program would end first.
const DEEPEST = 100

/** The text as nodes, or nothing where it can't be understood; `$name` may stand for a whole value. */
export function parseJson(source: Source, findings: Findings): JsonNode | undefined {
  const parser = new Parser(source, findings)
  try {
    return parser.document()
  } catch (error) {
    if (error instanceof GaveUp) return undefined
    throw error
  }
}

class GaveUp extends Error {}

class Parser {
  readonly #source: Source
  readonly #tokens: Tokens
  readonly #findings: Findings
  #depth = 0

  constructor(source: Source, findings: Findings) {
    this.#source = source
    this.#tokens = new Tokens(source.text)
    this.#findings = findings
  }

  document(): JsonNode {
    const node = this.#value('a value')
    const { kind, at } = this.#tokens.next
    if (kind !== 'end') this.#fault(at, `expected the end of the file, got ${this.#got()}`)
    return node
  }

  #value(expected: string): JsonNode {
    const { kind, text, at } = this.#tokens.next
    if (kind === '{' || kind === '[') {
      this.#depth++
      if (this.#depth > DEEPEST) this.#giveUp(at, `nested more than ${DEEPEST} deep`)
      const node = kind === '{' ? this.#object() : this.#array()
      this.#depth--
      return node
    }
    if (kind === 'broken') this.#giveUp(at, text)
    if (kind === 'word') this.#giveUp(at, `expected ${expected}, got ${this.#got()}${aboutWord(text)}`)
    if (!isScalarKind(kind)) this.#giveUp(at, `expected ${expected}, got ${this.#got()}`)
    this.#tokens.advance()
    return { kind, text, at }
  }

  #object(): JsonObject {
    const entries: Entry[] = []
    const at = this.#between('{', '}', () => entries.push(this.#entry()))
    return { kind: 'object', entries: this.#lastOfEach(entries), at }
  }

  #array(): JsonArray {
    const items: JsonNode[] = []
    const at = this.#between('[', ']', () => items.push(this.#value('a value')))
    return { kind: 'array', items, at }
  }

  /** Reads what stands between the brackets, and says where they begin. */
  #between(open: string, close: string, read: () => unknown): number {
    const start = this.#tokens.next.at
    this.#tokens.advance()
    for (let first = true; this.#tokens.next.kind !== close; first = false) {
      if (!first && !this.#comma(open, close, start)) break
      read()
    }
    this.#tokens.advance()
    return start
  }

  /** Whether another item follows. */
  #comma(open: string, close: string, start: number): boolean {
    const { kind, at } = this.#tokens.next
    if (kind === 'end') {
      const { line, column } = this.#source.place(start, '')
      this.#giveUp(
        at,
        `expected "," or "${close}", got the end: "${open}" of ${line}:${column} is still open`,
      )
    }
    if (kind !== ',') {
      this.#fault(at, `expected "," or "${close}", got ${this.#got()}`)
      // A forgotten comma is no reason to say nothing of the rest.
      if (kind !== 'string' && kind !== '{' && kind !== '[') throw new GaveUp()
      return true
    }
    this.#tokens.advance()
    if (this.#tokens.next.kind !== close) return true
    this.#findings.warn(
      'syntax',
      this.#source.place(at, ''),
      `a comma before "${close}" is not JSON: remove it`,
    )
    return false
  }

  #entry(): Entry {
    const { kind, at } = this.#tokens.next
    if (kind === 'broken') this.#giveUp(at, this.#tokens.next.text)
    if (kind !== 'string' && kind !== 'variable')
      this.#giveUp(at, `expected a key in double quotes, got ${this.#got()}`)
    const key: Scalar = { kind: 'string', text: this.#tokens.next.text, at }
    this.#tokens.advance()
    const { kind: colon, at: place } = this.#tokens.next
    if (colon !== ':') this.#giveUp(place, `expected ":" after the key "${key.text}", got ${this.#got()}`)
    this.#tokens.advance()
    return { key, value: this.#value(`a value for "${key.text}"`) }
  }

  /** Of a key that is there twice the last counts, as for JSON.parse; files that once ran have such keys. */
  #lastOfEach(entries: readonly Entry[]): Entry[] {
    const last = new Map<string, Entry>()
    for (const entry of entries) {
      const before = last.get(entry.key.text)
      if (before) this.#warnOfTwo(before.key, entry.key)
      last.set(entry.key.text, entry)
    }
    return entries.filter((entry) => last.get(entry.key.text) === entry)
  }

  #warnOfTwo(before: Scalar, { text, at }: Scalar): void {
    const { line } = this.#source.place(before.at, '')
    const message = `the key "${text}" is there twice: this one counts, not that of line ${line}`
    this.#findings.warn('duplicate-key', this.#source.place(at, ''), message)
  }

  #got(): string {
    const { kind, text } = this.#tokens.next
    if (kind === 'end') return 'the end of the file'
    return kind === 'string' ? `"${text}"` : kind === 'broken' ? 'something broken' : `${text}`
  }

  #fault(at: number, message: string): void {
    this.#findings.fault('syntax', this.#source.place(at, ''), message)
  }

  #giveUp(at: number, message: string): never {
    this.#fault(at, message)
    throw new GaveUp()
  }
}

const isScalarKind = (kind: string): kind is Scalar['kind'] =>
  ['string', 'number', 'boolean', 'null', 'variable'].includes(kind)

const aboutWord = (text: string): string =>
  text.startsWith("'") ? ': JSON takes double quotes' : text.startsWith('/') ? ': JSON has no comments' : ''
