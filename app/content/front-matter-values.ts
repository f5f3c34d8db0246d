import { posix } from 'node:path'
import { canonicalPath } from './canonical-path.ts'
import { type Moment, readMoment } from './moment.ts'
import { tagSlug } from './slug.ts'
import { canonicalUrl, type Layout, urlOfFile } from './url.ts'

// Seconds in a year.
const longestCache = 31_536_000

/** Tells what is wrong with a key, and what to write instead. */
export type Report = (key: string, what: string, fix: string) => undefined

export const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null

const named = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a map'
      : `the ${typeof value} ${String(value)}`

export function asString(key: string, value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  if (typeof value === 'string') return value
  const fix =
    typeof value === 'object' ? 'write one line of text' : `put it in quotes: ${key}: "${String(value)}"`
  return report(key, `${key} is ${named(value)}, not text`, fix)
}

export function asBoolean(key: string, value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  return typeof value === 'boolean'
    ? value
    : report(key, `${key} is ${named(value)}`, `write '${key}: true' or '${key}: false'`)
}

export function asNumber(value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return report('nav_order', `nav_order is ${named(value)}`, "write a number, like 'nav_order: 2'")
}

export function asStrings(key: string, value: unknown, example: string, report: Report): string[] {
  if (isMissing(value)) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')) return value
  const wrong = Array.isArray(value) ? `${key} holds something that is not text` : `${key} is ${named(value)}`
  report(key, wrong, `write a list of texts, like '${key}: ${example}'`)
  return []
}

export function asTags(value: unknown, report: Report): string[] {
  const tags = asStrings('tags', value, '[news, "2026"]', report)
  return tags.filter((tag) => {
    const slug = tagSlug(tag)
    const url = `/blog/tags/${encodeURIComponent(slug)}`
    if (slug !== '' && canonicalPath(url) === url) return true
    if (slug === '') report('tags', `the tag '${tag}' has no address`, 'name it with a letter or digit')
    else report('tags', `the tag '${tag}' would be at ${url}, which is not reachable`, 'choose another name')
    return false
  })
}

export function asPaths(value: unknown, report: Report): string[] {
  const list = typeof value === 'string' ? [value] : value
  const paths = asStrings('redirect_from', list, '[/old/address]', report)
  return paths.flatMap((path) => {
    const url = /^\/(?![\\/])[^?#\\]*$/.test(path) ? canonicalUrl(path) : undefined
    if (url) return [url]
    report('redirect_from', `redirect_from '${path}' is not a path`, "write it like '/old/address'")
    return []
  })
}

/** Where other tools would serve a page: links to it are written so. */
export function otherAddresses(
  { permalink, url, aliases }: Readonly<Record<string, unknown>>,
  own: string,
): string[] {
  const paths = [permalink, url, aliases].flat().filter((path) => typeof path === 'string')
  const plain = paths
    .filter((path) => /^\/(?![\\/])[^?#\\:]*$/.test(path))
    .map((path) => canonicalUrl(path) ?? own)
  return [...new Set(plain)].filter((path) => path !== own)
}

export function asCache(value: unknown, report: Report): number | 'private' | undefined {
  if (isMissing(value)) return undefined
  if (value === 'private') return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    if (value <= longestCache) return value
    return report('cache', `cache is ${value} seconds`, `write at most ${longestCache}, which is a year`)
  }
  return report('cache', `cache is ${named(value)}`, "write seconds, like 'cache: 300', or 'cache: private'")
}

export function asMoment(key: string, value: unknown, report: Report): Moment | undefined {
  if (isMissing(value)) return undefined
  const moment = typeof value === 'string' ? readMoment(value) : undefined
  const fix = `write it like '${key}: 2026-02-28' or '${key}: 2026-02-28 09:00'`
  return moment ?? report(key, `${key} is ${named(value)}, not a day of the calendar`, fix)
}

export function asImage(image: string | undefined, file: string, layout: Layout): string | undefined {
  if (image === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(image)) return image
  return urlOfFile(posix.join(posix.dirname(file), image), layout)
}
