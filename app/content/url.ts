/** Where the pages lie: in pages/, or the folder itself is the pages. */
export type Layout = 'site' | 'folder'
export type FileKind = 'page' | 'post' | 'data' | 'media'

const postName = /^(\d{4}-\d{2}-\d{2})-([^/]+)\.md$/i
const mediaName = /\.(?:png|jpe?g|gif|webp|avif|svg|pdf)$/i
const folderPage = /^(?:_?index|readme)$/i

/** One spelling of a URL path: each segment percent-encoded the same way, no trailing slash; undefined when malformed. */
export function canonicalUrl(path: string): string | undefined {
  try {
    return `/${path.split('/').filter(Boolean).map(decodeURIComponent).map(encodeURIComponent).join('/')}`
  } catch {
    return undefined
  }
}

/** What a file of the content folder is for; undefined for one the site does not use. */
export function kindOf(file: string, layout: Layout): FileKind | undefined {
  if (file.endsWith('.md') || /\.md$/i.test(file)) {
    if (/^_?posts\//.test(file) && (layout === 'site' || postName.test(nameOf(file)))) return 'post'
    return layout === 'folder' || file.startsWith('pages/') ? 'page' : undefined
  }
  if (/^data\/[^/]+\.ya?ml$/i.test(file)) return 'data'
  return mediaName.test(file) && !file.startsWith('data/') ? 'media' : undefined
}

/** The URL a page, post or image of the content folder is served at. */
export function urlOfFile(file: string, layout: Layout): string {
  const kind = kindOf(file, layout)
  if (kind === 'post')
    return encodePath(['blog', postParts(file)?.slug ?? nameOf(file).replace(/\.md$/i, '')])
  const segments = (
    layout === 'site' ? file.replace(/^pages\//, '').replace(/^posts\//, 'blog/') : file
  ).split('/')
  if (kind === 'media') return encodePath(segments)
  const name = (segments.pop() ?? '').replace(/\.md$/i, '')
  return encodePath(folderPage.test(name) ? segments : [...segments, name])
}

/** Date and slug in the name of a post; undefined when it is not YYYY-MM-DD-slug.md. */
export function postParts(file: string): { date: string; slug: string } | undefined {
  const [, date, slug] = postName.exec(nameOf(file)) ?? []
  return date && slug ? { date, slug } : undefined
}

const encodePath = (segments: readonly string[]): string => `/${segments.map(encodeURIComponent).join('/')}`
const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1)
