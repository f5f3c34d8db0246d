import { isScalar, type JsonNode, type JsonObject } from '../json/nodes.ts'
import type { Place } from '../model.ts'
import type { At } from './at.ts'
import type { Shape } from './shape.ts'

/** A list; one value alone is a list of one. Each item is named by its number, unless a key of it is its name. */
export function listOf<T>(item: Shape<T>, words: string, nameKey?: string): Shape<readonly T[]> {
  const read = (node: JsonNode, at: At): readonly T[] | undefined => {
    if (node.kind === 'null') return []
    if (isScalar(node) || node.kind === 'object') {
      const alone = item.read(node, at)
      return alone === undefined ? undefined : [alone]
    }
    return node.items.flatMap((each, index) => {
      const value = item.read(each, at.child(nameOf(each, nameKey) ?? String(index)))
      return value === undefined ? [] : [value]
    })
  }
  const schema = { anyOf: [{ type: 'array', items: item.schema }, item.schema] }
  return { words, schema, read, ...(item.keys && { keys: item.keys }) }
}

function nameOf(node: JsonNode, nameKey: string | undefined): string | undefined {
  if (nameKey === undefined || node.kind !== 'object') return undefined
  const name = node.entries.find(({ key }) => canonical(key.text) === canonical(nameKey))?.value
  return name && isScalar(name) && name.text !== '' ? name.text : undefined
}

/** Of a map, each with the place of its key. */
export interface Named<T> {
  readonly name: string
  readonly value: T
  readonly place: Place
}

export function mapOf<T>(value: Shape<T>, words: string): Shape<readonly Named<T>[]> {
  const read = (node: JsonNode, at: At): readonly Named<T>[] | undefined => {
    if (node.kind === 'null') return []
    return node.kind === 'object' ? readEntries(node, at, value) : at.refuse(node, words)
  }
  return { words, schema: { type: 'object', additionalProperties: value.schema }, read }
}

export const readEntries = <T>(node: JsonObject, at: At, shape: Shape<T>): Named<T>[] =>
  node.entries.flatMap(({ key, value: node }) => {
    if (key.undefined) return at.refuseKey(key)
    const inside = at.child(key.text)
    const value = shape.read(node, inside)
    return value === undefined ? [] : [{ name: key.text, value, place: inside.place(key) }]
  })

/** `appName`, `app-name` and `App_Name` are one key: early files have all of them. */
export const canonical = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_')

/** Takes a value by its kind: text or number by one shape, everything else by another. */
export function either<A, B>(simple: Shape<A>, rich: Shape<B>): Shape<A | B> {
  const words = `${simple.words}, or ${rich.words}`
  const read = (node: JsonNode, at: At): A | B | undefined => {
    if (node.kind === 'object' || node.kind === 'array') return rich.read(node, at)
    return simple.read(node, at)
  }
  return {
    words,
    schema: { anyOf: [simple.schema, rich.schema] },
    read,
    ...(rich.keys && { keys: rich.keys }),
  }
}
