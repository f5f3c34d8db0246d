import { load } from 'js-yaml'
import type { Stack } from './types.ts'

/** What `printStack` wrote. The last one is kept: a verb reads the stack of one release several times. */
export function readStack(text: string): Stack {
  if (last?.text !== text) last = { text, stack: dollarsOnce(load(text)) as Stack }
  return last.stack
}

let last: { readonly text: string; readonly stack: Stack } | undefined

function dollarsOnce(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$')
  if (Array.isArray(value)) return value.map(dollarsOnce)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dollarsOnce(inner)]))
}
