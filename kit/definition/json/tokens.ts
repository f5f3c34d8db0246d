/** `broken` has what is wrong as its text; `word` is anything that JSON does not know. */
export interface Token {
  readonly kind:
    | '{'
    | '}'
    | '['
    | ']'
    | ','
    | ':'
    | 'string'
    | 'number'
    | 'boolean'
    | 'null'
    | 'variable'
    | 'word'
    | 'broken'
    | 'end'
  readonly text: string
  readonly at: number
}

const space = /[ \t\r\n]*/y
const string = /"(?:[^"\\\n]|\\.)*"/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const variable = /\$[A-Za-z_][\w-]*/y
const word = /[^\s,:{}[\]"]+/y
const punctuation = '{}[],:'

/** The tokens of a text, one ahead. */
export class Tokens {
  readonly #text: string
  #at = 0
  next: Token

  constructor(text: string) {
    this.#text = text
    this.next = this.#read()
  }

  advance(): void {
    this.next = this.#read()
  }

  #read(): Token {
    this.#match(space)
    const at = this.#at
    const character = this.#text[at]
    if (character === undefined) return { kind: 'end', text: '', at }
    if (punctuation.includes(character)) {
      this.#at++
      return { kind: character as ',', text: character, at }
    }
    if (character === '"') return this.#string(at)
    const digits = this.#match(number)
    if (digits !== undefined) return { kind: 'number', text: digits, at }
    const name = this.#match(variable)
    if (name !== undefined) return { kind: 'variable', text: name, at }
    const text = this.#match(word) ?? character
    if (text === 'true' || text === 'false') return { kind: 'boolean', text, at }
    return { kind: text === 'null' ? 'null' : 'word', text, at }
  }

  #string(at: number): Token {
    const quoted = this.#match(string)
    if (quoted === undefined) {
      this.#at++
      return { kind: 'broken', text: 'the text that begins here has no closing quote on its line', at }
    }
    try {
      return { kind: 'string', text: JSON.parse(quoted) as string, at }
    } catch {
      const bad = /\\(?!["\\/bfnrt]|u[\dA-Fa-f]{4})./.exec(quoted)?.[0]
      const what = bad
        ? `${bad}, which JSON does not know: a backslash is \\\\`
        : 'a control character: a tab is \\t'
      return { kind: 'broken', text: `the text that begins here has ${what}`, at }
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#text)?.[0]
    if (text !== undefined) this.#at = pattern.lastIndex
    return text
  }
}
