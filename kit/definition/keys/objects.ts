import type { Entry, JsonNode, JsonObject } from '../json/nodes.ts'
import type { Place } from '../model.ts'
import type { At } from './at.ts'
import { canonical } from './collections.ts'
import { nearest } from './nearest.ts'
import type { Keys, Schema, Shape, Values } from './shape.ts'

export type ObjectValue<K extends Keys> = Values<K> & About

export interface About {
  readonly place: Place
  readonly at: At
  /** Keys that were written, and of those the ones with faults: what is only absent has its fallback. */
  readonly written: ReadonlySet<string>
  readonly broken: ReadonlySet<string>
}

/** An object with the keys of a table, and no others. */
export function objectOf<const K extends Keys>(keys: K, words: string): Shape<ObjectValue<K>> {
  const names = new Map<string, string>()
  for (const [name, { also = [] }] of Object.entries(keys))
    for (const each of [name, ...also]) names.set(canonical(each), name)
  const read = (node: JsonNode, at: At): ObjectValue<K> | undefined => {
    if (node.kind !== 'object') return at.refuse(node, words)
    const entries = entriesByName(node, names, at)
    const values: Record<string, unknown> = {}
    const broken = new Set<string>()
    for (const [name, key] of Object.entries(keys)) {
      const entry = entries.get(name)
      const faults = at.findings.faults.length
      const value = entry && key.shape.read(entry.value, at.child(name))
      if (!entry && key.required)
        at.child(name).fault('missing', node, `expected ${key.shape.words}, got nothing`)
      if (at.findings.faults.length > faults) broken.add(name)
      values[name] = value ?? key.fallback
    }
    const about: About = { place: at.place(node), at, written: new Set(entries.keys()), broken }
    return { ...values, ...about } as ObjectValue<K>
  }
  return { words, schema: schemaOf(keys), keys, read }
}

function entriesByName(
  node: JsonObject,
  names: ReadonlyMap<string, string>,
  at: At,
): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>()
  for (const entry of node.entries) {
    const written = entry.key.text
    const name = names.get(canonical(written))
    if (entry.key.undefined) at.refuseKey(entry.key)
    else if (name === undefined) refuseUnknown(entry, names, at)
    else if (found.has(name) && found.get(name)?.key.text !== written)
      at.fault('duplicate-key', entry.key, `"${written}" and "${found.get(name)?.key.text}" are the same key`)
    // A key with null is as good as none.
    else if (entry.value.kind !== 'null') found.set(name, entry)
  }
  return found
}

function refuseUnknown({ key }: Entry, names: ReadonlyMap<string, string>, at: At): void {
  if (key.text === '$schema' || key.text.startsWith('x-')) return
  const known = [...new Set(names.values())]
  const near = nearest(key.text, known)
  const instead = near ? `did you mean "${near}"?` : `the keys here are ${known.join(', ')}`
  at.child(key.text).fault('unknown-key', key, `there is no such key: ${instead}`)
}

const schemaOf = (keys: Keys): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(keys).flatMap(([name, { shape, meaning, also = [] }]) =>
      [name, ...also].map((each) => [each, { description: meaning, ...shape.schema }]),
    ),
  ),
  patternProperties: { '^(?:x-.*|\\$schema)$': true },
  additionalProperties: false,
  ...(required(keys).length > 0 && { required: required(keys) }),
})

const required = (keys: Keys): string[] =>
  Object.entries(keys)
    .filter(([, key]) => key.required && !key.also)
    .map(([name]) => name)
