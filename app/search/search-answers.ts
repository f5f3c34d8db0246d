import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { encodingFor } from '../cache/encodings.ts'
import { codeOf, statusOf } from '../errors.ts'
import { pageContext } from '../pages/page-plan.ts'
import type { Site } from '../pages/site.ts'
import type { Found } from './found.ts'
import { type Query, readQuery } from './query.ts'
import type { QueryCounts } from './query-counts.ts'
import type { SiteSearch } from './site-search.ts'

export interface SearchAnswersParts {
  readonly site: () => Site
  readonly search: SiteSearch
  readonly counts: QueryCounts
}

/** The answers to what visitors search for. */
export interface SearchAnswers {
  /** Rejects with SiteError `unavailable` when search is busy. */
  page(req: IncomingMessage, res: ServerResponse): Promise<void>
  /** For the list below the search field; it counts only when asked to, for a visitor who has stopped typing. */
  json(req: IncomingMessage, res: ServerResponse): Promise<void>
}

const hitsOnPage = 10
const hitsInList = 6
const lastPage = 100
const retrySeconds = 5
const nothing: Found = { count: 0, hits: [], missing: [] }

/** Answers searches as pages and as JSON; no answer is kept by any cache. */
export function searchAnswers({ site, search, counts }: SearchAnswersParts): SearchAnswers {
  const find = (query: Query, from: number, length: number): Promise<Found> | Found => {
    if (query.words.length > 0) return search.find(query, { from, to: from + length })
    search.prepare()
    return nothing
  }

  return {
    async page(req, res) {
      const asked = parametersOf(req)
      const query = readQuery(asked.get('q') ?? '')
      const page = pageNumber(asked.get('page'))
      const found = await find(query, (page - 1) * hitsOnPage, hitsOnPage)
      if (page === 1 && req.method === 'GET') counts.count(query.text, found.count)
      const html = site().renderer.render('search', {
        page: pageContext(site(), { title: query.text ? `Search: ${query.text}` : 'Search', url: '/search' }),
        section: 'search',
        query: query.text,
        found,
        first: (page - 1) * hitsOnPage + 1,
        pagination: pagination(query.text, page, found.count),
        searchUrl,
      })
      await send(req, res, { status: 200, type: 'text/html', text: html })
    },
    async json(req, res) {
      const asked = parametersOf(req)
      const query = readQuery(asked.get('q') ?? '')
      try {
        const found = await find(query, 0, hitsInList)
        if (asked.has('settled')) counts.count(query.text, found.count)
        await send(req, res, { status: 200, type: 'application/json', text: JSON.stringify(found) })
      } catch (error) {
        const code = codeOf(error)
        if (code === 'unavailable') res.setHeader('Retry-After', retrySeconds)
        await send(req, res, {
          status: statusOf[code],
          type: 'application/json',
          text: JSON.stringify({ error: code }),
        })
      }
    },
  }
}

const searchUrl = (query: string, page = 1): string =>
  `/search?${new URLSearchParams({ q: query, ...(page > 1 && { page: String(page) }) })}`

const parametersOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length))

const pageNumber = (text: string | null): number =>
  /^[1-9]\d{0,3}$/.test(text ?? '') ? Math.min(Number(text), lastPage) : 1

function pagination(query: string, page: number, count: number): object {
  const pages = Math.min(Math.max(1, Math.ceil(count / hitsOnPage)), lastPage)
  return {
    page,
    pages,
    previousUrl: page > 1 && page <= pages ? searchUrl(query, page - 1) : undefined,
    nextUrl: page < pages ? searchUrl(query, page + 1) : undefined,
  }
}

// Compressed anew for each visitor: a lower quality than that of pages which are kept.
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const compressors = {
  br: (text: string) => promisify(brotliCompress)(text, quality),
  gzip: (text: string) => promisify(gzip)(text, { level: 5 }),
  identity: async (text: string) => Buffer.from(text),
} as const

async function send(
  req: IncomingMessage,
  res: ServerResponse,
  { status, type, text }: { status: number; type: string; text: string },
): Promise<void> {
  const encoding = encodingFor(req)
  const body = await compressors[encoding](text)
  res.pageCache = 'bypass'
  res.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': body.length,
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    'Cache-Control': 'private, no-store',
    Vary: 'Accept-Encoding',
    'X-Page-Cache': 'bypass',
    ...(type === 'application/json' && { 'X-Robots-Tag': 'noindex' }),
  })
  res.end(req.method === 'HEAD' ? undefined : body)
}
