import { addressFault } from '../content/addresses.ts'
import { layoutOf, scanFolder } from '../content/scan.ts'
import { kindOf, type Layout, urlOfFile } from '../content/url.ts'
import { Refusal } from './refusal.ts'
import type { Request } from './request.ts'
import { titleSlug } from './title-slug.ts'

/** Where a new file goes, relative to the content folder, and the URL it will have. */
export interface Place {
  readonly file: string
  readonly url: string
}

export interface PlaceOptions {
  readonly dir: string
  /** YYYY-MM-DD. */
  readonly day: string
  /** URLs that no page can have; one that ends in '*' stands for all that begin so. */
  readonly reservedUrls: readonly string[]
}

/** Finds the place of a new file. Throws Refusal when it has none, or somebody else has it. */
export function placeOf(request: Request, { dir, day, reservedUrls }: PlaceOptions): Place {
  const { files } = scanFolder(dir)
  const layout: Layout = files.length === 0 ? 'site' : layoutOf(dir)
  const file =
    request.kind === 'post' ? `posts/${day}-${slugOf(request.title)}.md` : pageFile(request, layout)
  const url = urlOfFile(file, layout)
  const same = files.find((other) => isPage(other, layout) && urlOfFile(other, layout) === url)
  if (same)
    throw new Refusal(`${same} is at ${url} already. Open that file, or choose another ${asked(request)}.`)
  const { kind } = request
  const entry = {
    kind,
    url,
    file,
    title: '',
    draft: true,
    tags: [],
    authors: [],
    redirectFrom: [],
    fields: {},
  }
  const fault = addressFault(entry, reservedUrls)
  if (fault)
    throw new Refusal(`${file} cannot be a ${kind}: ${fault.what}. Choose another ${asked(request)}.`)
  return { file, url }
}

function pageFile({ title, path }: Extract<Request, { kind: 'page' }>, layout: Layout): string {
  const written = (path ?? slugOf(title)).replace(/^\.?\/+|\/+$/g, '').replace(/\.md$/i, '')
  const inPages = written.replace(/^pages\//, '')
  const wanted = inPages.split('/').map(titleSlug).filter(Boolean).join('/')
  const isPlain = inPages.split('/').every((part) => /^[\p{L}\p{N}_~][\p{L}\p{N}\p{M}_.~-]*$/u.test(part))
  if (!isPlain) {
    const fix = wanted === '' ? 'docs/my-page' : wanted
    throw new Refusal(`'${path}' cannot be the path of a page. Write one like ${fix}.`)
  }
  return layout === 'site' ? `pages/${inPages}.md` : `${inPages}.md`
}

function slugOf(title: string): string {
  const slug = titleSlug(title)
  if (slug !== '') return slug
  throw new Refusal(
    `The title '${title}' has no letter or digit to make an address of. Give it one; the title in the file can be changed at any time.`,
  )
}

const isPage = (file: string, layout: Layout): boolean =>
  ['page', 'post'].includes(kindOf(file, layout) ?? '')

const asked = (request: Request): string =>
  request.kind === 'page' && request.path !== undefined ? 'path' : 'title'
