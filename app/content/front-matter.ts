import { posix } from 'node:path'
import { canonicalPath } from './canonical-path.ts'
import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { tagSlug } from './slug.ts'
import { errorAt, keyLine, type Source } from './source.ts'
import { canonicalUrl, type Layout, postParts, urlOfFile } from './url.ts'

// Seconds in a year.
const longestCache = 31_536_000

type Fields = Readonly<Record<string, unknown>>
type Report = (key: string, what: string, fix: string) => undefined

interface Place {
  file: string
  layout: Layout
  kind: 'page' | 'post'
}

/** Checks the front matter of one file by itself. The entry is there unless it cannot be used; `draft` even then. */
export function readFrontMatter(place: Place, source: Source, value: unknown) {
  const faults: Fault[] = []
  const report: Report = (key, what, fix) => {
    faults.push(errorAt(place.file, keyLine(source, key), 1, what, fix))
    return undefined
  }
  if (value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    report('', 'the front matter is not a list of keys and values', "write lines like 'title: My page'")
    return { faults, draft: false }
  }
  const fields: Fields = { ...(value as Fields | undefined) }
  const entry = readFields(place, fields, report)
  return { ...(faults.length === 0 && { entry }), faults, draft: fields.draft === true }
}

function readFields({ file, layout, kind }: Place, fields: Fields, report: Report): PageEntry {
  const {
    title,
    description,
    template,
    nav_order,
    draft,
    date,
    author,
    tags,
    image,
    redirect_from,
    cache,
    ...rest
  } = fields
  const string = (key: string, found: unknown) => asString(key, found, report)
  if (kind === 'page' && template === 'post' && isMissing(date))
    report(
      'template',
      "the template 'post' shows a date",
      "add 'date: 2026-02-28', or move the file to posts/",
    )
  const day = asDate(date, report) ?? dateOfName(file, kind, report)
  return {
    kind,
    url: urlOfFile(file, layout),
    file,
    title: asTitle(title, report) ?? '',
    draft: asBoolean('draft', draft, report) ?? false,
    tags: asTags(tags, report),
    redirectFrom: asPaths(redirect_from, report),
    fields: rest,
    ...present('description', string('description', description)),
    ...present('template', string('template', template)),
    ...present('navOrder', asNumber(nav_order, report)),
    ...present('date', day),
    ...present('author', string('author', author)),
    ...present('image', asImage(string('image', image), file, layout)),
    ...present('cache', asCache(cache, report)),
  }
}

const present = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null

const named = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a map'
      : `the ${typeof value} ${String(value)}`

function asTitle(value: unknown, report: Report) {
  if (isMissing(value) || (typeof value === 'string' && value.trim() === ''))
    return report('title', 'the title is missing', "add 'title: …' to the front matter")
  return asString('title', value, report)
}

function asString(key: string, value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  if (typeof value === 'string') return value
  const fix =
    typeof value === 'object' ? 'write one line of text' : `put it in quotes: ${key}: "${String(value)}"`
  return report(key, `${key} is ${named(value)}, not text`, fix)
}

function asBoolean(key: string, value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  return typeof value === 'boolean'
    ? value
    : report(key, `${key} is ${named(value)}`, `write '${key}: true' or '${key}: false'`)
}

function asNumber(value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return report('nav_order', `nav_order is ${named(value)}`, "write a number, like 'nav_order: 2'")
}

function asStrings(key: string, value: unknown, report: Report): string[] {
  if (isMissing(value)) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')) return value
  const wrong = Array.isArray(value) ? `${key} holds something that is not text` : `${key} is ${named(value)}`
  report(key, wrong, `write a list of texts, like '${key}: [news, "2026"]'`)
  return []
}

function asTags(value: unknown, report: Report): string[] {
  const tags = asStrings('tags', value, report)
  for (const tag of tags) {
    const slug = tagSlug(tag)
    const url = `/blog/tags/${encodeURIComponent(slug)}`
    if (slug === '') report('tags', `the tag '${tag}' has no address`, 'name it with a letter or digit')
    else if (canonicalPath(url) !== url)
      report('tags', `the tag '${tag}' would be at ${url}, which is not reachable`, 'choose another name')
  }
  return tags
}

function asPaths(value: unknown, report: Report): string[] {
  const paths = asStrings('redirect_from', typeof value === 'string' ? [value] : value, report)
  return paths.flatMap((path) => {
    const url = /^\/(?![\\/])[^?#\\]*$/.test(path) ? canonicalUrl(path) : undefined
    if (url) return [url]
    report('redirect_from', `redirect_from '${path}' is not a path`, "write it like '/old/address'")
    return []
  })
}

function asCache(value: unknown, report: Report): number | 'private' | undefined {
  if (isMissing(value)) return undefined
  if (value === 'private') return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    if (value <= longestCache) return value
    return report('cache', `cache is ${value} seconds`, `write at most ${longestCache}, which is a year`)
  }
  return report('cache', `cache is ${named(value)}`, "write seconds, like 'cache: 300', or 'cache: private'")
}

function asDate(value: unknown, report: Report) {
  if (isMissing(value)) return undefined
  const day =
    typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(value)?.[1] : undefined
  if (day && isDay(day)) return day
  return report(
    'date',
    `date is ${named(value)}, not a day of the calendar`,
    "write it like 'date: 2026-02-28'",
  )
}

function dateOfName(file: string, kind: 'page' | 'post', report: Report) {
  if (kind === 'page') return undefined
  const name = postParts(file)
  const fix = 'rename it to YYYY-MM-DD-slug.md'
  if (!name) return report('', 'the name of this post has no date', fix)
  return isDay(name.date)
    ? name.date
    : report('', `${name.date} in the file name is not a day of the calendar`, fix)
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

function asImage(image: string | undefined, file: string, layout: Layout): string | undefined {
  if (image === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(image)) return image
  return urlOfFile(posix.join(posix.dirname(file), image), layout)
}
