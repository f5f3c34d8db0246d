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

/** The headers that nginx puts on every answer over TLS, its own and the application's; with the value of most addresses. */
export function securityHeaders(): SentHeader[] {
  return pairs(read('conf/policy-over-tls.conf') + read('conf/common-headers.conf'), added)
}

/** What the same header is without TLS, if it is there. */
export function withoutTls(header: string): string | undefined {
  const headers = pairs(read('conf/policy.conf') + read('conf/common-headers.conf'), added)
  return headers.find(({ name }) => name === header)?.value
}

/** The headers that nginx puts on answers of its own. */
export const ownHeaders = (): SentHeader[] =>
  ['conf/site.conf', 'conf/errors.conf', 'conf/kept.conf'].flatMap((file) => pairs(read(file), added))

/** The headers by which nginx tells the application about a request. */
export const headersToApp = (): SentHeader[] =>
  ['conf/forwarded.conf', 'conf/kept.conf', 'conf/own.conf'].flatMap((file) =>
    pairs(read(file), /^proxy_set_header\s+(\S+)\s+(.+?);$/gm),
  )

/** The locations of the server, as they are written. */
export const locations = (): string[] =>
  ['conf/private.conf', 'conf/site.conf', 'conf/errors.conf'].flatMap((file) =>
    [...read(file).matchAll(/^\s*location (.+) \{$/gm)].map(([, name = '']) => name),
  )

/** The error pages of nginx, with the statuses that each one is for. */
export function errorPages(): ReadonlyMap<string, readonly string[]> {
  const pages = new Map<string, string[]>()
  const files = read('conf/errors.conf') + read('conf/site.conf')
  const directives = files.matchAll(/^\s*error_page ([\d ]+?)(?: =(\d+))? (\/\S+);$/gm)
  for (const [, from = '', to, page = ''] of directives) {
    const statuses = to === undefined ? from.split(' ') : [to]
    pages.set(page, [...new Set([...(pages.get(page) ?? []), ...statuses])])
  }
  return pages
}
