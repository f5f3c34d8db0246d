import { join, relative, resolve, sep } from 'node:path'
import type { Dependency, UrlDependency } from 'lightningcss'

/** A stylesheet that can't be bundled; the message is `file:line:column: what, fix`. */
export class StylesheetError extends Error {}

interface Place {
  file: string
  line: number
  column: number
}

interface BundlerError extends Error {
  fileName?: string
  loc?: { line: number; column: number }
}

/**
 * Bundles and minifies the stylesheet `name` below `dir`, with everything it imports.
 * Each `url()` becomes what `urlOf` answers for the named file. Throws a StylesheetError.
 */
export async function bundleStylesheet(
  dir: string,
  name: string,
  urlOf: (name: string) => string | undefined,
): Promise<string> {
  // Imported here because it loads native code that a server with a saved bundle never needs.
  const { bundle } = await import('lightningcss')
  try {
    const { code, dependencies } = bundle({
      filename: join(dir, name),
      minify: true,
      analyzeDependencies: true,
    })
    return withUrls(Buffer.from(code).toString(), dependencies ?? [], dir, urlOf)
  } catch (error) {
    throw error instanceof StylesheetError ? error : located(error as BundlerError, dir)
  }
}

function withUrls(
  code: string,
  dependencies: readonly Dependency[],
  dir: string,
  urlOf: (name: string) => string | undefined,
): string {
  const urls = dependencies.filter((dependency) => dependency.type === 'url')
  return urls.reduce(
    (text, url) => text.replaceAll(`"${url.placeholder}"`, `"${resolveUrl(url, dir, urlOf)}"`),
    code,
  )
}

function resolveUrl(
  { url, loc }: UrlDependency,
  dir: string,
  urlOf: (name: string) => string | undefined,
): string {
  if (url.startsWith('#')) return url
  const place = { file: loc.filePath, line: loc.start.line, column: loc.start.column }
  // The content security policy allows the site's own files only, so anything else would not load.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(url)) {
    throw fault(place, `url(${url}) is not a relative path`, `name a file below ${shown(dir)}`)
  }
  const [path = '', fragment] = url.split('#')
  const name = relative(dir, resolve(loc.filePath, '..', path)).replaceAll(sep, '/')
  const found = urlOf(name)
  if (!found)
    throw fault(place, `url(${url}) names no file`, `add ${shown(join(dir, name))} or correct the path`)
  return fragment === undefined ? found : `${found}#${fragment}`
}

function located({ fileName, loc, message }: BundlerError, dir: string): StylesheetError {
  const place = { file: fileName ?? dir, line: loc?.line ?? 1, column: loc?.column ?? 1 }
  if (/no such file/i.test(message))
    return fault(place, 'the imported file does not exist', 'correct the @import')
  return fault(
    place,
    message.replace(/^\w/, (letter) => letter.toLowerCase()),
    'correct the CSS there',
  )
}

const fault = ({ file, line, column }: Place, what: string, fix: string): StylesheetError =>
  new StylesheetError(`${shown(file)}:${line}:${column}: ${what}, ${fix}`)

const shown = (file: string): string => relative(process.cwd(), resolve(file)).replaceAll(sep, '/')
