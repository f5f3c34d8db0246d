import type { Findings } from '../fault.ts'
import { type Entry, isScalar, type JsonNode, type Scalar } from '../json/nodes.ts'
import type { Source } from '../json/source.ts'
import type { Scope } from './scope.ts'

const reference = /\$(?:\$|([A-Za-z_][\w-]*))/g

/** The definition with its variables replaced; what has no value is marked, and named by whoever reads it. */
export function substitute(node: JsonNode, scope: Scope, source: Source, findings: Findings): JsonNode {
  const inside = (node: JsonNode): JsonNode => {
    if (node.kind === 'array') return { ...node, items: node.items.map(inside) }
    if (node.kind === 'object') return { ...node, entries: withKeys(node.entries) }
    return node.text.includes('$') ? replaced(node, scope) : node
  }
  const withKeys = (entries: readonly Entry[]): Entry[] => {
    const seen = new Set<string>()
    return entries.map((entry) => {
      // What editors look for is not ours to replace.
      if (entry.key.text === '$schema') return entry
      const key = entry.key.text.includes('$') ? inText(entry.key, scope) : entry.key
      if (seen.has(key.text) && key.written)
        findings.fault(
          'duplicate-key',
          source.place(key.at, ''),
          `the key "${key.text}" is there twice: once as "${key.written}"`,
        )
      seen.add(key.text)
      return { key, value: inside(entry.value) }
    })
  }
  return inside(node)
}

function replaced(node: Scalar, scope: Scope): JsonNode {
  if (node.kind === 'string') return inText(node, scope)
  if (node.kind !== 'variable') return node
  const { name } = parts(node.text.slice(1), scope, true)
  const variable = scope.use(name)
  if (variable === undefined) return { ...node, written: node.text, undefined: [name] }
  return moved(variable.value, node.at, node.text)
}

/** A value as if it stood where its variable does. */
function moved(node: JsonNode, at: number, written: string): JsonNode {
  if (isScalar(node)) return { ...node, at, written }
  if (node.kind === 'array') return { ...node, at, items: node.items.map((item) => moved(item, at, written)) }
  return {
    ...node,
    at,
    entries: node.entries.map(({ key, value }) => ({
      key: { ...key, at },
      value: moved(value, at, written),
    })),
  }
}

function inText(node: Scalar, scope: Scope): Scalar {
  const missing: string[] = []
  let found = false
  const text = node.text.replace(reference, (all: string, word: string | undefined) => {
    if (word === undefined) return '$'
    found = true
    const { name, rest } = parts(word, scope, false)
    const value = scope.use(name)?.value
    if (value && isScalar(value)) return value.text + rest
    missing.push(name)
    return all
  })
  if (missing.length > 0) return { ...node, text, written: node.text, undefined: missing }
  return found ? { ...node, text, written: node.text } : { ...node, text }
}

/** A name may hold dashes, but `$user-shop` is `$user` where that is what is defined. */
function parts(word: string, scope: Scope, alone: boolean): { name: string; rest: string } {
  const [first = word] = /^\w+/.exec(word) ?? []
  for (let name = word; name.length > first.length; name = name.slice(0, name.lastIndexOf('-')))
    if (scope.has(name)) return { name, rest: word.slice(name.length) }
  return alone ? { name: word, rest: '' } : { name: first, rest: word.slice(first.length) }
}
