import type { PageEntry } from './entry.ts'
import { escapeAttribute, type LinkTargets, type Resolution, referenceFault } from './link-targets.ts'
import type { Reference } from './markdown-render.ts'
import { closest } from './suggest.ts'

/** A value of a data file as a text names it: `{{ data.site.name }}`, `{{ data.team[0].name }}`. */
export const writtenData = /\{\{[ \t]*(data(?:\.[\w-]{1,100}|\[\d{1,6}\]){1,20})[ \t]*\}\}/

type Found = { text: string } | { what: string; fix: string }

/** The value that a text asks for, or what is written there when there is none. */
export function resolveData(site: LinkTargets, page: PageEntry, reference: Reference): Resolution {
  const { target } = reference
  const found = lookUp(site.data(), target)
  if ('text' in found) return { value: escapeAttribute(found.text) }
  return { value: escapeAttribute(target), fault: referenceFault(page, reference, found.what, found.fix) }
}

/** A text in which NUL encloses each value that was asked for. */
export const withData = (text: string, data: Readonly<Record<string, unknown>>): string =>
  text.replace(/\0([^\0]*)\0/g, (_, written: string) => {
    const found = lookUp(data, written)
    return 'text' in found ? found.text : written
  })

function lookUp(data: unknown, written: string): Found {
  const path = writtenData.exec(written)?.[1] ?? ''
  let value = data
  let parent = 'data'
  for (const [step, key = step.slice(1, -1)] of path.matchAll(/\.([\w-]+)|\[\d+\]/g)) {
    const keys = keysOf(value)
    const found = keys.includes(key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined
    if (found === undefined) return missing(parent + step, parent, key, keys)
    value = found
    parent += step
  }
  const text = spoken(value)
  if (text !== undefined) return { text }
  const fix = value === null ? 'give it one' : `name one of its values, like ${parent}${firstStep(value)}`
  return { what: value === null ? `${parent} has no value` : `${parent} is more than one value`, fix }
}

function missing(path: string, parent: string, key: string, keys: readonly string[]) {
  const near = /^\d/.test(key) ? undefined : closest(key, keys)
  const what = parent === 'data' ? `there is no file data/${key}.yml for ${path}` : `there is no ${path}`
  if (near) return { what, fix: `did you mean ${parent}.${near}?` }
  const some = keys.slice(0, 8).join(', ')
  return { what, fix: some ? `${parent} has ${some}` : 'add it, or write the value itself' }
}

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []

const firstStep = (value: unknown): string =>
  Array.isArray(value) ? '[0]' : `.${keysOf(value)[0] ?? 'name'}`

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 20 })

/** A value as a reader writes it; undefined for a list, a map or nothing. */
function spoken(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numbers.format(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return undefined
}
