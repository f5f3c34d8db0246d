import type { Drawing } from '../images/drawing.ts'
import type { Picture } from '../images/picture.ts'
import { addressFault, isListed } from './addresses.ts'
import { checkImages, collectData, collectMedia, lineOf } from './assemble-files.ts'
import { authorFaults } from './authors.ts'
import type { PageEntry } from './entry.ts'
import { byPlace, type Fault } from './fault.ts'
import type { FileRecord } from './record.ts'
import type { Scan } from './scan.ts'
import { isScheduled, type Span, spanAt } from './schedule.ts'
import { tagSlug } from './slug.ts'
import { errorAt, hashOf } from './source.ts'
import { closest } from './suggest.ts'
import { kindOf, urlOfFile } from './url.ts'

/** The whole site put together; entries are numbered in the order of their URLs. */
export interface AssembledContent {
  version: string
  span: Span
  /** Pages that visitors do not see yet, by URL. */
  hidden: Readonly<Record<string, HiddenPage>>
  urls: readonly string[]
  /** The file of each entry, as a number in the scan. */
  entryFiles: readonly number[]
  nav: readonly number[]
  pages: readonly number[]
  /** Newest first. */
  posts: readonly number[]
  /** Tag slug to posts, newest first. */
  tags: ReadonlyMap<string, readonly number[]>
  /** Tag slug to the tag as its newest post writes it. */
  tagNames: ReadonlyMap<string, string>
  redirects: Readonly<Record<string, string>>
  data: Readonly<Record<string, unknown>>
  media: Readonly<Record<string, MediaFile>>
  faults: readonly SiteFault[]
}

export interface MediaFile {
  file: string
  size?: readonly [width: number, height: number]
  /** Of an image that is offered in several sizes. */
  picture?: Picture
  /** An SVG that becomes part of the pages that show it. */
  drawing?: Drawing
}

/** Why a page is not there: it is a draft, or comes at a moment (ISO 8601). */
export type HiddenPage = { readonly draft: true } | { readonly publishedAt: string }

/** A fault and the URL whose page it breaks. */
export type SiteFault = Fault & { url?: string }

export interface SiteInput {
  dir: string
  scan: Scan
  records: readonly FileRecord[]
  hashes: readonly string[]
  drafts: boolean
  templates: readonly string[]
  reservedUrls: readonly string[]
  /** Milliseconds since 1970. */
  now: number
}

interface Numbered {
  entry: PageEntry
  file: number
}

/** Puts the files' records together and finds what is wrong between them. */
export function assemble(input: SiteInput): AssembledContent {
  const { scan, records, hashes, drafts, now } = input
  const faults: SiteFault[] = []
  const span = spanAt(records, now)
  const hidden = drafts ? {} : hiddenPages(input, span)
  const found = collectEntries(input, span, faults).sort((a, b) => (a.entry.url < b.entry.url ? -1 : 1))
  const entries = found.map(({ entry }) => entry)
  const numbers = entries.map((_, number) => number)
  const posts = newestFirst(entries)
  const data = collectData(input, faults)
  faults.push(...authorFaults(data))
  const media = collectMedia(input, faults)
  checkImages(input, entries, media, faults)
  const urls = entries.map(({ url }) => url)
  const redirects = collectRedirects(input, entries, new Set(urls), faults)
  const files = scan.files.map((file, number) => `${file} ${hashes[number]}`).sort()
  const scheduled = records.flatMap(({ entry }) => (entry && isScheduled(entry, span) ? [entry.file] : []))
  return {
    version: hashOf([`drafts ${drafts}`, ...files, ...scheduled.sort()].join('\n')),
    span,
    hidden,
    urls,
    entryFiles: found.map(({ file }) => file),
    nav: numbers.filter((number) => entries[number]?.navOrder !== undefined).sort(byNavOrder(entries)),
    pages: numbers.filter((number) => entries[number]?.kind === 'page'),
    posts,
    tags: collectTags(entries, posts),
    tagNames: collectTagNames(entries, posts),
    redirects,
    data,
    media,
    faults: faults
      .map((fault) => (isForeignMedia(fault, scan) ? { ...fault, severity: 'warning' as const } : fault))
      .concat(records.length === 0 ? noFiles() : [])
      .sort(byPlace),
  }
}

// No page is lost with it.
const isForeignMedia = ({ file }: Fault, { layout }: Scan): boolean =>
  layout === 'folder' && kindOf(file, layout) === 'media'

function hiddenPages({ scan, records }: SiteInput, span: Span): Record<string, HiddenPage> {
  const hidden = new Map<string, HiddenPage>()
  for (const [number, { entry, draft }] of records.entries()) {
    const url = entry?.url ?? urlOfFile(scan.files[number] ?? '', scan.layout)
    if (draft) hidden.set(url, { draft: true })
    else if (entry?.publishedAt && isScheduled(entry, span))
      hidden.set(url, { publishedAt: entry.publishedAt })
  }
  return Object.fromEntries(hidden)
}

function collectEntries(input: SiteInput, span: Span, faults: SiteFault[]): Numbered[] {
  const { scan, records, drafts, templates, reservedUrls } = input
  const byUrl = new Map<string, Numbered>()
  for (const [number, { entry, faults: own, draft }] of records.entries()) {
    const file = scan.files[number] ?? ''
    const kind = kindOf(file, scan.layout)
    if (kind !== 'page' && kind !== 'post') continue
    if (!drafts && (draft || (entry && isScheduled(entry, span)))) continue
    const url = urlOfFile(file, scan.layout)
    faults.push(...own.map((fault) => ({ ...fault, url })))
    if (!entry) continue
    const same = byUrl.get(url)
    const unreachable = addressFault(entry, reservedUrls)
    if (unreachable) faults.push({ ...unreachable, url })
    else if (same) {
      const fix = 'rename one of the two'
      faults.push({
        ...errorAt(file, 1, 1, `its URL ${url} is already that of ${same.entry.file}`, fix),
        url,
      })
    } else {
      const isUnknown = entry.template !== undefined && !templates.includes(entry.template)
      if (isUnknown) faults.push({ ...unknownTemplate(input, entry), url })
      if (!isUnknown || scan.layout === 'folder') byUrl.set(url, { entry, file: number })
    }
  }
  return [...byUrl.values()]
}

function unknownTemplate({ dir, scan, templates }: SiteInput, { file, template = '' }: PageEntry): Fault {
  const near = closest(template, templates)
  const fix = near ? `did you mean '${near}'?` : `use one of ${templates.join(', ')}`
  const fault = errorAt(file, lineOf(dir, file, 'template'), 1, `there is no template '${template}'`, fix)
  return scan.layout === 'folder' ? { ...fault, severity: 'warning' } : fault
}

const byNavOrder = (entries: readonly PageEntry[]) => (a: number, b: number) =>
  (entries[a]?.navOrder ?? 0) - (entries[b]?.navOrder ?? 0) || a - b

function newestFirst(entries: readonly PageEntry[]): number[] {
  const posts = [...entries.keys()].filter((number) => entries[number]?.kind === 'post')
  const date = (number: number): string => entries[number]?.publishedAt ?? ''
  return posts.sort((a, b) => (date(a) === date(b) ? a - b : date(a) < date(b) ? 1 : -1))
}

function collectTags(entries: readonly PageEntry[], posts: readonly number[]): Map<string, number[]> {
  const tags = new Map<string, number[]>()
  for (const post of posts) {
    for (const tag of new Set(entries[post]?.tags.map(tagSlug).filter(Boolean))) {
      const tagged = tags.get(tag)
      if (tagged) tagged.push(post)
      else tags.set(tag, [post])
    }
  }
  return new Map([...tags].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function collectTagNames(entries: readonly PageEntry[], posts: readonly number[]): Map<string, string> {
  const names = posts.flatMap((post) => entries[post]?.tags ?? [])
  return new Map(names.reverse().map((name) => [tagSlug(name), name]))
}

function collectRedirects(
  { dir, reservedUrls, scan }: SiteInput,
  entries: readonly PageEntry[],
  urls: Set<string>,
  faults: SiteFault[],
) {
  const redirects = new Map<string, { to: string; file: string }>()
  const severity = scan.layout === 'folder' ? 'warning' : 'error'
  for (const { url, file, redirectFrom } of entries) {
    for (const from of redirectFrom) {
      const other = redirects.get(from)
      const report = (what: string, fix: string) =>
        faults.push({ ...errorAt(file, lineOf(dir, file, 'redirect_from'), 1, what, fix), severity, url })
      if (isListed(from, reservedUrls))
        report(`redirect_from ${from}: the application answers ${from} itself`, 'choose another path')
      else if (urls.has(from))
        report(`redirect_from ${from} is the URL of a page`, 'remove it from one of them')
      else if (other) report(`redirect_from ${from} is also in ${other.file}`, 'remove it from one of them')
      else redirects.set(from, { to: url, file })
    }
  }
  return Object.fromEntries([...redirects].map(([from, { to }]) => [from, to]))
}

const noFiles = (): SiteFault =>
  errorAt('.', 1, 1, 'the content folder has no pages', "add pages/index.md, beginning with '---'")
