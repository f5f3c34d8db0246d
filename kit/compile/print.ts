import type { Stack } from './types.ts'

// Words that Docker's YAML reader, of version 1.1, takes for something else than text.
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i
const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./-]*$/
// What JSON leaves as it is, and YAML does not take.
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** The stack as a Compose file in YAML, the same to the byte for the same stack. */
export const printStack = (stack: Stack): string => entries(stack, '')

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined }

function entries(object: object, indent: string): string {
  return Object.entries(object as Record<string, Value | undefined>)
    .map(([key, value]) => (value === undefined ? '' : `${indent}${quoted(key)}:${after(value, indent)}`))
    .join('')
}

/** What follows a colon. */
function after(value: Value, indent: string): string {
  if (typeof value !== 'object') return ` ${scalar(value)}\n`
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return ` [${value.map(scalar).join(', ')}]\n`
    const items = value.map((item) => entries(item, `${indent}    `).replace(/^ */, `${indent}  - `))
    return `\n${items.join('')}`
  }
  const inside = entries(value, `${indent}  `)
  return inside === '' ? ' {}\n' : `\n${inside}`
}

/** Docker replaces `$NAME` in values, and makes `$$` one dollar. */
const scalar = (value: Value): string =>
  typeof value === 'string' ? quoted(value.replaceAll('$', '$$$$')) : String(value)

const quoted = (text: string): string =>
  PLAIN.test(text) && !RESERVED.test(text)
    ? text
    : JSON.stringify(text).replace(
        UNPRINTABLE,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
