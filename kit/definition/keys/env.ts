import { isScalar, type JsonNode, type Scalar } from '../json/nodes.ts'
import type { Place } from '../model.ts'
import type { At } from './at.ts'
import type { Shape } from './shape.ts'

export interface EnvEntry {
  readonly name: string
  readonly value: string
  readonly place: Place
  /** As it stands in the file, before variables were replaced. */
  readonly written: string
}

const words = 'an object of names and values, or a list of "NAME=value"'
const value = 'text, a number, or true or false'
const itemWords = '"NAME=value"'
const valueSchema = { type: ['string', 'number', 'boolean', 'null'] }

export const env: Shape<readonly EnvEntry[]> = {
  words,
  schema: {
    anyOf: [
      { type: 'object', additionalProperties: valueSchema },
      {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: valueSchema }] },
      },
    ],
  },
  read(node, at) {
    if (node.kind === 'object') return once(fromObject(node, at), at)
    if (node.kind === 'array')
      return once(
        node.items.flatMap((item, index) => fromItem(item, at, index)),
        at,
      )
    return at.refuse(node, words)
  },
}

const fromObject = (node: JsonNode & { kind: 'object' }, at: At): EnvEntry[] =>
  node.entries.flatMap(({ key, value: node }) => {
    if (key.undefined) return at.refuseKey(key)
    const inside = at.child(key.text)
    if (!isName(key.text)) inside.fault('value', key, `expected the name of a variable, got "${key.text}"`)
    const text = readValue(node, inside)
    return text === undefined ? [] : [{ name: key.text, ...text, place: inside.place(node) }]
  })

function fromItem(node: JsonNode, list: At, index: number): EnvEntry[] {
  const at = list.child(String(index))
  if (node.kind === 'object') return fromObject(node, list)
  if (node.kind !== 'string' || node.undefined) return at.refuse(node, itemWords) ?? []
  const equals = node.text.indexOf('=')
  const name = (equals < 0 ? node.text : node.text.slice(0, equals)).trim()
  if (!isName(name)) return at.refuse(node, itemWords) ?? []
  if (equals < 0) at.warn('no-effect', node, `"${name}" has no "=": it is set to nothing`)
  const original = node.written ?? node.text
  const written = original.includes('=') ? original.slice(original.indexOf('=') + 1) : ''
  const place = list.child(name).place(node)
  return [{ name, value: equals < 0 ? '' : node.text.slice(equals + 1), written, place }]
}

function readValue(node: JsonNode, at: At): { value: string; written: string } | undefined {
  if (node.kind === 'null') return { value: '', written: '' }
  if (!isScalar(node) || node.undefined) return at.refuse(node, value)
  return { value: node.text, written: writtenOf(node) }
}

const writtenOf = ({ text, written = text }: Scalar): string => written

const isName = (text: string): boolean => /^[^\s=]+$/.test(text)

/** As with Docker, the last one of a name counts. */
function once(entries: readonly EnvEntry[], at: At): EnvEntry[] {
  const byName = new Map<string, EnvEntry>()
  for (const entry of entries) {
    const before = byName.get(entry.name)
    if (before)
      at.findings.warn(
        'no-effect',
        before.place,
        `${entry.name} is there twice: the one on line ${entry.place.line} counts`,
      )
    byName.set(entry.name, entry)
  }
  return [...byName.values()]
}
