import { isScalar, type JsonNode } from '../json/nodes.ts'

/** JSON with its keys in order, whatever they are; a variable is text. */
export type Value = string | number | boolean | null | readonly Value[] | Members
export type Members = ReadonlyMap<string, Value>

export function toValue(node: JsonNode): Value {
  if (node.kind === 'array') return node.items.map(toValue)
  if (node.kind === 'object') return new Map(node.entries.map(({ key, value }) => [key.text, toValue(value)]))
  if (node.kind === 'null') return null
  if (node.kind === 'boolean') return node.text === 'true'
  return node.kind === 'number' ? Number(node.text) : node.text
}

const WIDTH = 100

/** Pretty and always the same: what holds no list or object, and fits, is on one line. */
export function print(value: Value, indent = ''): string {
  const short = onOneLine(value)
  if (short !== undefined && indent.length + short.length <= WIDTH) return short
  const inner = `${indent}  `
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${print(item, inner)}`).join(',\n')}\n${indent}]`
  if (value instanceof Map)
    return `{\n${[...value].map(([key, each]) => `${inner}${JSON.stringify(key)}: ${print(each, inner)}`).join(',\n')}\n${indent}}`
  return JSON.stringify(value)
}

function onOneLine(value: Value): string | undefined {
  if (Array.isArray(value))
    return value.every(isPlain) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : undefined
  if (!(value instanceof Map)) return JSON.stringify(value)
  if (value.size === 0) return '{}'
  // What has names of people's choice reads better with one a line.
  if (value.size > 4 || ![...value.values()].every(isPlain)) return undefined
  return `{ ${[...value].map(([key, each]) => `${JSON.stringify(key)}: ${JSON.stringify(each)}`).join(', ')} }`
}

const isPlain = (value: Value): boolean => typeof value !== 'object' || value === null

/** The value of a key, whichever of its spellings stands there. */
export function textOfScalar(node: JsonNode | undefined): string | undefined {
  return node && isScalar(node) && node.kind !== 'null' ? node.text : undefined
}
