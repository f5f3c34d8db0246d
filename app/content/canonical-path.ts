const indexName = /\/(?:index|readme)(?:\.html?|\.md)?$/i
const ending = /\.(?:html?|md)$/i

/**
 * The one path of a page for whatever way of writing it: no trailing slash, no `index.html`, no ending, the
 * same percent-encoding. Undefined for a path that cannot be decoded.
 * It begins with a single slash always, so that a redirect to it cannot lead to another host.
 */
export function canonicalPath(path: string): string | undefined {
  // The common case costs one look at the characters.
  if (/^(?:\/[\w~-][\w.~-]*)+$/.test(path) && !ending.test(path) && !indexName.test(path)) return path
  try {
    const decoded = decodeURIComponent(path.replaceAll(/%2f/gi, '%252f'))
    const tidy = `/${decoded}/`
      .replaceAll(/[/\\]{1,}/g, '/')
      .slice(0, -1)
      .replace(indexName, '/')
      .replace(ending, '')
    const bare = tidy.replace(/\/$/, '') || '/'
    return bare.split('/').map(encodeURIComponent).join('/')
  } catch {
    return undefined
  }
}
