import type { Fault } from '../content/fault.ts'
import { type ErrorCode, statusOf, visitorText } from '../errors.ts'
import { pageContext } from './page-plan.ts'
import type { Site } from './site.ts'

/** A page for a visitor about what went wrong at a path; plain when not even its template works. */
export function errorPage(site: Site, code: ErrorCode, requestId: string, path = ''): string {
  const error = { status: statusOf[code], ...visitorText[code], requestId, words: wordsOfPath(path) }
  try {
    return site.renderer.render('error', {
      page: pageContext(site, { title: error.title, url: '/' }),
      section: '',
      error,
    })
  } catch {
    return plainPage(error.title, error.message)
  }
}

const longestWords = 60

/** What a visitor of an address may look for: the words of its last two parts. */
function wordsOfPath(path: string): string {
  const parts = path
    .replace(/\.[a-z]{1,5}$/, '')
    .split('/')
    .slice(-2)
    .join(' ')
  try {
    const words = decodeURIComponent(parts).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
    return words.join(' ').slice(0, longestWords).toWellFormed().trim()
  } catch {
    return ''
  }
}

/** A page for the writer about what is wrong with a source; in development only. */
export function faultPage(site: Site, faults: readonly Fault[]): string {
  try {
    return site.renderer.render('fault', {
      page: pageContext(site, { title: 'This page is broken', url: '/' }),
      section: '',
      faults,
    })
  } catch {
    // Not even the layout works. The script waits for the next save all the same.
    const list = faults.map(({ file, line, what }) => `${file}:${line}: ${what}`).join('\n')
    const [src, integrity] = [site.assets.url('js/live.js'), site.assets.integrity('js/live.js')]
    return plainPage(
      'This page is broken',
      list,
      `<script type="module" src="${src}" integrity="${integrity}"></script>`,
    )
  }
}

const plainPage = (title: string, message: string, head = ''): string =>
  `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>${head}<h1>${escaped(title)}</h1><pre>${escaped(message)}</pre></html>\n`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
