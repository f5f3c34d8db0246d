import type { JsonNode } from '../json/nodes.ts'
import type { At } from './at.ts'

/** A part of a JSON Schema, draft 2020-12. */
export type Schema = { readonly [keyword: string]: unknown }

/** What a key takes: in words, for editors, and as a reader that says itself what is wrong. */
export interface Shape<T> {
  /** After "expected": `a whole number of 1 or more`. */
  readonly words: string
  readonly schema: Schema
  /** The keys of an object, or of the objects in a list, for help and reference. */
  readonly keys?: Keys
  read(node: JsonNode, at: At): T | undefined
}

/** Whose key it is: Giant Swarm's formats have theirs, and some are the kit's own. */
export type Origin = 'first' | 'second' | 'both' | 'own'

/** A row of the table of keys. */
export interface Key<T = unknown> {
  readonly shape: Shape<T>
  readonly of: Origin
  /** One line. */
  readonly meaning: string
  readonly required?: true
  /** The value where there is none. */
  readonly fallback?: T
  /** In words, where the value does not say it. */
  readonly fallbackWords?: string
  /** Other names under which it is accepted. */
  readonly also?: readonly string[]
}

export type Keys = { readonly [name: string]: Key }

type Taken<K> = K extends { readonly shape: Shape<infer T> } ? T : never

/** What reading an object by its keys gives. */
export type Values<K extends Keys> = {
  readonly [Name in keyof K]: K[Name] extends { readonly fallback: unknown }
    ? Taken<K[Name]>
    : Taken<K[Name]> | undefined
}
