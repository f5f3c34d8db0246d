import { join } from 'node:path'
import type { Drawing } from '../images/drawing.ts'
import { saveFile } from '../saved/save-file.ts'
import { codeKey } from './code-key.ts'
import { ContentIndex } from './content-index.ts'
import type { ContentPicture } from './content-pictures.ts'
import type { Document, PageEntry } from './entry.ts'
import type { Fault } from './fault.ts'
import { encodeColumns, loadColumns } from './index-file.ts'
import { OpenedContent } from './opened-content.ts'
import { type Scan, scanFolder } from './scan.ts'

/** The site's words: an index of pages and posts, and their rendered documents. */
export interface Content {
  /** Hash of the content itself, not of times: equal on every machine with the same files. */
  readonly version: string
  /** The next moment at which something appears, in milliseconds since 1970: the content is to be opened again then. */
  readonly next: number | undefined
  find(url: string): PageEntry | undefined
  /** The canonical URL of a page that names `url` in its redirect_from. */
  redirect(url: string): string | undefined
  /** Pages with a nav_order, in that order. */
  readonly nav: readonly PageEntry[]
  /** Pages (not posts), sorted by URL. */
  readonly pages: readonly PageEntry[]
  readonly postCount: number
  /** Newest first. */
  posts(from: number, to: number): PageEntry[]
  /** Tag slug to its number of posts. */
  readonly tags: ReadonlyMap<string, number>
  /** A tag as its newest post writes it, by its slug. */
  tagName(tag: string): string
  tagged(tag: string, from: number, to: number): PageEntry[]
  neighbours(url: string): { newer?: PageEntry; older?: PageEntry }
  /** Posts that share tags with a post, the rarer the better, the newest first among equals. */
  related(url: string, most: number): PageEntry[]
  /** data/NAME.yml by name; a broken one is missing here, and among the faults. */
  data(): Readonly<Record<string, unknown>>
  /** Throws ContentError when the page cannot be rendered. */
  document(entry: PageEntry): Promise<Document>
  /** The path of an image or download that belongs to the content, by its URL. */
  media(url: string): string | undefined
  /** The drawing at a URL, to be part of a page. */
  drawing(url: string): Drawing | undefined
  /** Pictures by their URL without its ending: more than one where they differ in that alone. */
  pictures(stem: string): readonly ContentPicture[]
  /** A page with broken front matter is not in find(), but its faults are here. */
  faultsAt(url: string): readonly Fault[]
  /** What the index found wrong; what rendering finds is in each document. */
  readonly faults: readonly Fault[]
  /** From now on Markdown is rendered without a start, as a writer wants it. */
  warmUp(): Promise<void>
  /** Ends the Markdown thread, unless other content is open. */
  close(): Promise<void>
}

export interface ContentOptions {
  dir: string
  cacheDir: string
  drafts: boolean
  /** Template names a page may ask for: page, home, docs … */
  templates: readonly string[]
  /** URLs served by others that links may point to; one that ends in '*' stands for all that begin so. */
  knownUrls?: readonly string[]
  /** URLs the application answers itself, written like `knownUrls`: no page or redirect can be there. */
  reservedUrls?: readonly string[]
  /** Posts on one page of a list, 10 when not given: links to pages of lists are checked by it. */
  postsPerPage?: number
  /** The moment to show the content of, in milliseconds since 1970; this one, when not given. */
  now?: number
}

/** Opens a content folder; calling it again after a change is the refresh, which reads only what has changed. */
export async function openContent(options: ContentOptions): Promise<Content> {
  const { dir, cacheDir, drafts, templates, reservedUrls = [], now = Date.now() } = options
  const scan = scanFolder(dir)
  const code = codeKey()
  const key = JSON.stringify([code, scan.layout, drafts, templates, reservedUrls])
  const path = indexPath(cacheDir, drafts)
  const saved = loadIndex(path)
  if (saved?.isOf(key, scan, now)) return new OpenedContent(options, code, scan, saved)
  return new OpenedContent(options, code, scan, await rebuild({ ...options, now }, code, key, scan, saved))
}

async function rebuild(
  options: ContentOptions & { now: number },
  code: string,
  key: string,
  scan: Scan,
  saved: ContentIndex | undefined,
) {
  const { dir, cacheDir, drafts, templates, reservedUrls = [], now } = options
  const [{ buildIndex }, { removeStaleDocuments }, { removeStalePictures }] = await Promise.all([
    import('./build-index.ts'),
    import('./saved-documents.ts'),
    import('../images/derived-pictures.ts'),
  ])
  // What single files hold is the same with drafts and without.
  const old = saved ?? loadIndex(indexPath(cacheDir, !drafts))
  const { columns, hashes } = buildIndex({ dir, scan, drafts, templates, reservedUrls, now, key, code, old })
  saveFile(indexPath(cacheDir, drafts), encodeColumns(columns))
  removeStaleDocuments(cacheDir, hashes, code)
  const index = new ContentIndex(columns)
  const media = Object.values(index.media())
  removeStalePictures(cacheDir, new Set(media.flatMap(({ picture }) => picture?.hash ?? [])))
  return index
}

const indexPath = (cacheDir: string, drafts: boolean): string =>
  join(cacheDir, drafts ? 'content-index-drafts' : 'content-index')

function loadIndex(path: string): ContentIndex | undefined {
  const columns = loadColumns(path)
  return columns && new ContentIndex(columns)
}
