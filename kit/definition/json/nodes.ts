/** JSON as it is written: every value knows its place in the text. */
export type JsonNode = Scalar | JsonArray | JsonObject

/** `text` is the value itself: of a string without quotes and escapes, of a variable `$name`. */
export interface Scalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'variable'
  readonly text: string
  readonly at: number
  /** Where variables were replaced in it: as it was written, and what of it has no value. */
  readonly written?: string
  readonly undefined?: readonly string[]
}

export interface JsonArray {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
  readonly at: number
}

export interface JsonObject {
  readonly kind: 'object'
  readonly entries: readonly Entry[]
  readonly at: number
}

export interface Entry {
  readonly key: Scalar
  readonly value: JsonNode
}

export const isScalar = (node: JsonNode): node is Scalar => node.kind !== 'array' && node.kind !== 'object'

/** A value as it is shown in a message. */
export function show(node: JsonNode): string {
  if (node.kind === 'array') return node.items.length === 0 ? 'an empty list' : 'a list'
  if (node.kind === 'object') return 'an object'
  if (node.undefined) return `"${node.written}"`
  return node.kind === 'string' ? `"${shorten(node.text)}"` : node.text
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text)
