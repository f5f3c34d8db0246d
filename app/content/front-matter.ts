import type { PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { similarKey } from './front-matter-keys.ts'
import * as read from './front-matter-values.ts'
import { type Moment, readMoment } from './moment.ts'
import { errorAt, keyLine, type Source } from './source.ts'
import { titleFromText } from './title.ts'
import { type Layout, postParts, urlOfFile } from './url.ts'

type Fields = Readonly<Record<string, unknown>>

interface Place {
  file: string
  layout: Layout
  kind: 'page' | 'post'
}

/**
 * Checks the front matter of one file by itself. The entry is there unless it cannot be used; `draft` even then.
 * A folder of somebody else's was written for another tool: what means something else there costs no page.
 */
export function readFrontMatter(place: Place, source: Source, value: unknown) {
  const { file, layout } = place
  const faults: Fault[] = []
  const severity = layout === 'folder' ? 'warning' : 'error'
  const report: read.Report = (key, what, fix) => {
    const kind = `${key || 'something'} in the front matter`
    faults.push({ ...errorAt(file, keyLine(source, key), 1, what, fix), severity, kind })
    return undefined
  }
  const isMap = typeof value === 'object' && !Array.isArray(value)
  if (!isMap && value !== undefined) {
    report('', 'the front matter is not a list of keys and values', "write lines like 'title: My page'")
    if (layout === 'site') return { faults, draft: false }
  }
  const fields: Fields = isMap ? { ...value } : {}
  const entry = readFields(place, fields, source, report)
  const isUsable = layout === 'folder' || faults.length === 0
  if (layout === 'site') faults.push(...hints(file, fields, source))
  return { ...(isUsable && { entry }), faults, draft: fields.draft === true }
}

function readFields(place: Place, fields: Fields, source: Source, report: read.Report): PageEntry {
  const { file, layout, kind } = place
  const { title, description, template, nav_order, nav_title, draft, date, updated, ...others } = fields
  const { author, authors, tags, group, image, redirect_from, cache, noindex, ...rest } = others
  const text = (key: string, found: unknown) => read.asString(key, found, report)
  if (kind === 'page' && template === 'post' && read.isMissing(date)) {
    const fix = "add 'date: 2026-02-28', or move the file to posts/"
    report('template', "the template 'post' shows a date", fix)
  }
  const written = text('author', author)
  const names = typeof authors === 'string' ? [authors] : authors
  const moment = read.asMoment('date', date, report) ?? momentOfName(place, report)
  return {
    kind,
    url: urlOfFile(file, layout),
    file,
    title: titleOf(place, title, source, report),
    draft: read.asBoolean('draft', draft, report) ?? false,
    tags: read.asTags(tags, report),
    authors: read.isMissing(names)
      ? [written ?? []].flat()
      : read.asStrings('authors', names, '[ada, grace]', report),
    redirectFrom: [
      ...read.asPaths(redirect_from, report),
      ...(layout === 'folder' ? read.otherAddresses(rest, urlOfFile(file, layout)) : []),
    ],
    fields: rest,
    ...present('description', text('description', description)?.trim() || undefined),
    ...present('template', text('template', template)),
    ...present('navOrder', read.asNumber(nav_order, report)),
    ...present('navTitle', text('nav_title', nav_title)),
    ...present('group', text('group', group)),
    ...present('date', moment?.day),
    ...present('publishedAt', moment?.at),
    ...present('updated', updatedDay(updated, moment, report)),
    ...present('author', written),
    ...present('image', read.asImage(text('image', image), file, layout)),
    ...present('cache', read.asCache(cache, report)),
    ...present('noindex', read.asBoolean('noindex', noindex, report)),
  }
}

const present = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

function titleOf({ file, layout }: Place, value: unknown, source: Source, report: read.Report): string {
  const isBlank = read.isMissing(value) || (typeof value === 'string' && value.trim() === '')
  if (!isBlank) return read.asString('title', value, report) ?? String(value)
  const found = layout === 'folder' ? titleFromText(file, source.body) : { title: '', isGuess: true }
  if (found.isGuess) report('title', 'the title is missing', "add 'title: …' to the front matter")
  return found.title
}

function updatedDay(value: unknown, published: Moment | undefined, report: read.Report) {
  const moment = read.asMoment('updated', value, report)
  if (!moment || !published || moment.day >= published.day) return moment?.day
  const what = `updated is ${moment.day}, before the date ${published.day}`
  return report('updated', what, 'write the day of the last change, or leave it out')
}

function momentOfName({ file, kind }: Place, report: read.Report): Moment | undefined {
  if (kind === 'page') return undefined
  const name = postParts(file)
  const fix = 'rename it to YYYY-MM-DD-slug.md'
  if (!name) return report('', 'the name of this post has no date', fix)
  return (
    readMoment(name.date) ?? report('', `${name.date} in the file name is not a day of the calendar`, fix)
  )
}

/** What is no error, but hardly meant. */
function hints(file: string, fields: Fields, source: Source): Fault[] {
  const hint = (key: string, what: string, fix: string): Fault => ({
    ...errorAt(file, keyLine(source, key), 1, what, fix),
    severity: 'warning',
  })
  const unknown = Object.keys(fields).flatMap((key) => {
    const near = similarKey(key)
    return near ? [hint(key, `the front matter has an unknown key '${key}'`, `did you mean '${near}'?`)] : []
  })
  const { description } = fields
  if (description !== null && !(typeof description === 'string' && description.trim() === '')) return unknown
  const fix = 'write a sentence for lists, feeds and search results, or leave the key out'
  return [...unknown, hint('description', 'the description is still empty', fix)]
}
