import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const nginxDir = join(import.meta.dirname, '../nginx')

const read = (file: string): string => readFileSync(join(nginxDir, file), 'utf8')

export interface SentHeader {
  readonly name: string
  /** As the configuration has it; a `$variable` where it depends on the request. */
  readonly value: string
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/s, '$1')

const pairs = (text: string, pattern: RegExp): SentHeader[] =>
  [...text.matchAll(pattern)].map(([, name = '', value = '']) => ({ name, value: unquoted(value) }))

const added = /^\s*add_header\s+(\S+)\s+(.+?)(?:\s+always)?;$/gm

/** The headers that nginx puts on every answer, its own and the application's; with the value of most addresses. */
export function securityHeaders(): SentHeader[] {
  const text = read('conf/security-headers.conf')
  return pairs(text, added).map(({ name, value }) => ({ name, value: valueByDefault(text, value) }))
}

function valueByDefault(text: string, value: string): string {
  const [, byDefault = value] =
    new RegExp(`^map \\$uri \\${value} \\{\\s+default\\s+(.+?);`, 'm').exec(text) ?? []
  return byDefault
}

/** The headers that nginx puts on answers of its own. */
export const ownHeaders = (): SentHeader[] =>
  ['nginx.conf', 'conf/errors.conf'].flatMap((file) => pairs(read(file), added))

/** The headers by which nginx tells the application about a request. */
export const headersToApp = (): SentHeader[] =>
  pairs(read('conf/proxy.conf'), /^proxy_set_header\s+(\S+)\s+(.+?);$/gm)

/** What a `$variable` of security-headers.conf stands for, over plain HTTP and over TLS. */
export function overTls(variable: string): { plain: string; tls: string } | undefined {
  const map = new RegExp(`^map \\$https \\${variable} \\{\\s+default\\s+(.+?);\\n\\s+on\\s+(.+?);\\n`, 'm')
  const [, plain, tls] = map.exec(read('conf/security-headers.conf')) ?? []
  return plain === undefined || tls === undefined ? undefined : { plain: unquoted(plain), tls: unquoted(tls) }
}

/** The locations of the server, as they are written. */
export const locations = (): string[] =>
  ['nginx.conf', 'conf/errors.conf'].flatMap((file) =>
    [...read(file).matchAll(/^\s*location (.+) \{$/gm)].map(([, name = '']) => name),
  )

/** The error pages of nginx, with the statuses that each one is for. */
export function errorPages(): ReadonlyMap<string, readonly string[]> {
  const pages = new Map<string, string[]>()
  const directives = read('conf/errors.conf').matchAll(/^error_page ([\d ]+?)(?: =(\d+))? (\/\S+);$/gm)
  for (const [, from = '', to, page = ''] of directives) {
    pages.set(page, [...(pages.get(page) ?? []), ...(to === undefined ? from.split(' ') : [to])])
  }
  return pages
}
