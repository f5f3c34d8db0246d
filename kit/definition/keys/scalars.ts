import { isScalar, type JsonNode, type Scalar } from '../json/nodes.ts'
import type { At } from './at.ts'
import type { Schema, Shape } from './shape.ts'

/** A shape of one value, which may be written as a number or as text. */
export function scalar<T>(
  words: string,
  schema: Schema,
  parse: (text: string, node: Scalar) => T | undefined,
): Shape<T> {
  const read = (node: JsonNode, at: At): T | undefined => {
    if (!isScalar(node) || node.kind === 'null' || node.undefined) return at.refuse(node, words)
    return parse(node.text.trim(), node) ?? at.refuse(node, words)
  }
  return { words, schema, read }
}

/** Text of a pattern; a variable may stand for a part of it. */
export const textSchema = (pattern: string): Schema => ({ type: 'string', pattern: `^(?:${pattern})$|\\$` })

export const text: Shape<string> = scalar(
  'text',
  { type: ['string', 'number', 'boolean'] },
  (_, node) => node.text,
)

export const filled = (words: string): Shape<string> =>
  scalar(words, { type: 'string', minLength: 1 }, (text) => (text === '' ? undefined : text))

export function matching(words: string, pattern: string): Shape<string> {
  const whole = new RegExp(`^(?:${pattern})$`)
  return scalar(words, textSchema(pattern), (text) => (whole.test(text) ? text : undefined))
}

export function choice<const Name extends string>(...names: readonly Name[]): Shape<Name> {
  const words = names.map((name) => `"${name}"`).join(' or ')
  const schema = { anyOf: [{ enum: names }, textSchema('\\$.+')] }
  return scalar(words, schema, (text) => names.find((name) => name === text.toLowerCase()))
}

export const flag: Shape<boolean> = scalar(
  'true or false',
  { anyOf: [{ type: 'boolean' }, textSchema('true|false')] },
  (text) => (/^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined),
)

export function wholeNumber(least: number, most?: number): Shape<number> {
  const range = most === undefined ? `of ${least} or more` : `from ${least} to ${most}`
  const limits = { minimum: least, ...(most !== undefined && { maximum: most }) }
  const schema = { anyOf: [{ type: 'integer', ...limits }, textSchema('[0-9]+')] }
  return scalar(`a whole number ${range}`, schema, (text) => {
    const value = Number(text)
    const fits = text !== '' && Number.isSafeInteger(value) && value >= least && value <= (most ?? value)
    return fits ? value : undefined
  })
}

export const cores: Shape<number> = scalar(
  'a number of cores above 0, such as 0.5',
  { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, textSchema('[0-9.]+')] },
  (text) => (Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined),
)

const secondsOf: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds. */
export const duration: Shape<number> = scalar(
  'a duration such as "500ms", "10s" or "1m30s"',
  { anyOf: [{ type: 'number', minimum: 0 }, textSchema('(?:[0-9.]+ ?(?:ms|s|m|h|d)?)+')] },
  (text) => {
    if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text)
    if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d)\s*)+$/.test(text)) return undefined
    const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h|d)/g)]
    // Milliseconds are the finest there is; beyond them are only errors of binary fractions.
    const seconds = parts.reduce(
      (sum, [, count, unit]) => sum + Number(count) * (secondsOf[unit ?? 's'] ?? 1),
      0,
    )
    return Math.round(seconds * 1000) / 1000
  },
)

const power: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4 }

/** Bytes. As with Docker, all units are powers of 1024. */
export const size = (bare: 'bytes' | 'GB'): Shape<number> =>
  scalar(
    bare === 'GB' ? 'a size such as "5 GB"' : 'a size such as "384m" or "2 GB"',
    { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, textSchema('[0-9.]+ *(?:[kKmMgGtT]?[iI]?[bB]?)')] },
    (text) => {
      const [, count, letter = ''] = /^(\d+(?:\.\d+)?)\s*(?:([kmgt])?i?b?)$/i.exec(text) ?? []
      if (count === undefined || Number(count) <= 0) return undefined
      const unit = /\d$/.test(text) && bare === 'GB' ? 'g' : letter.toLowerCase()
      return Math.round(Number(count) * 1024 ** (power[unit] ?? 0))
    },
  )
