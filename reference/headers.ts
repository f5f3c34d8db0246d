import {
  applicationHeaders,
  cacheControls,
  forwardedMeanings,
  frontCacheResults,
  nginxMeanings,
  pageCacheResults,
  securityMeanings,
} from './header-table.ts'
import { code, described, type ReferencePage, section, subsection, table } from './markdown.ts'
import { headersToApp, ownHeaders, type SentHeader, securityHeaders, withoutTls } from './nginx.ts'

const where = 'reference/header-table.ts'

/** Every header that the application and nginx set, with its values and what it is for. */
export const headersPage = (): ReferencePage => ({
  file: 'headers.md',
  title: 'Headers',
  description: 'Every header that the application and nginx set, with its values and what it is for.',
  source: 'nginx/conf/common-headers.conf',
  sections: [
    'The application says what a page is and who may keep it; nginx says what a browser may do with it. No ' +
      'answer carries the same header twice, but `Server-Timing`, to which each part adds its own.',
    section('Of the application', table(['Header', 'On', 'What it says'], ofApplication())),
    section(
      'Cache-Control',
      'Browsers ask for a page each time, which costs a 304. Caches between us and the visitor keep it for the seconds ' +
        'of its route, see [Routes](routes.md#pages).',
      table(
        ['Answer', 'Cache-Control'],
        Object.entries(cacheControls).map(([kind, value]) => [kind, code(value)]),
      ),
    ),
    section(
      'X-Page-Cache',
      table(
        ['Value', 'Where the page came from'],
        Object.entries(pageCacheResults).map(([value, meaning]) => [code(value), meaning]),
      ),
    ),
    section(
      'X-Front-Cache',
      table(
        ['Value', 'What the cache of nginx did'],
        Object.entries(frontCacheResults).map(([value, meaning]) => [code(value), meaning]),
      ),
    ),
    section(
      'Security headers',
      'nginx puts these on every answer, errors included. The same header of the application would be left out.',
      securityTable(),
      ...securityHeaders()
        .filter(({ value }) => value.length > longest)
        .map(policySection),
    ),
    section('Of nginx alone', table(['Header', 'What it says'], meanings(ownHeaders(), nginxMeanings))),
    section(
      'What nginx tells the application',
      'What a client claims about itself is replaced by what nginx knows.',
      table(['Header', 'What it holds'], meanings(headersToApp(), forwardedMeanings)),
    ),
  ],
})

const ofApplication = (): string[][] =>
  Object.entries(applicationHeaders).map(([name, { on, meaning }]) => [code(name), on, meaning])

const meanings = (headers: readonly SentHeader[], table: Readonly<Record<string, string>>): string[][] =>
  [...new Set(headers.map(({ name }) => name))].map((name) => [code(name), described(table, name, where)])

const longest = 60

const securityTable = (): string => {
  const short = securityHeaders().filter(({ value }) => value.length <= longest)
  const rows = short.map(({ name, value }) => [
    code(name),
    shown(name, value),
    described(securityMeanings, name, where),
  ])
  return table(['Header', 'Value', 'What it does'], rows)
}

function shown(name: string, value: string): string {
  if (value === '$request_id') return 'one for each request'
  return code(value) + (withoutTls(name) === undefined ? ', over TLS only' : '')
}

function policySection({ name, value }: SentHeader): string {
  const plain = withoutTls(name) ?? value
  const more = plain === value ? [] : [`Over TLS, ${added(plain, value)} is at the end.`]
  const text = `\`\`\`text\n${lines(plain)}\n\`\`\``
  return subsection(code(name), described(securityMeanings, name, where), text, ...more)
}

const added = (plain: string, tls: string): string => {
  const known = plain.split('; ')
  const more = tls.split('; ').filter((part) => !known.includes(part))
  return more.map(code).join(', ')
}

const widest = 76

/** A policy with a directive a line; a list of features is filled up to lines of a readable length. */
function lines(value: string): string {
  if (value.includes('; ')) return value.replaceAll('; ', ';\n')
  return value.split(', ').reduce((text, part) => {
    const last = text.slice(text.lastIndexOf('\n') + 1)
    if (text === '') return part
    return last.length + part.length > widest ? `${text},\n${part}` : `${text}, ${part}`
  }, '')
}
