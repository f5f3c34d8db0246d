import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import type { Machine } from '../lab/cluster/layout.ts'
import type { Asking } from '../rollout/load.ts'

const HOST = 'localhost'
const pages = ['/', '/docs', '/blog', '/docs/caching', '/feed.xml', '/sitemap.xml']

/** What visitors read, at 200 requests a second: pages, answers past the cache, and one page with their session. */
export const reading = (cookie: string): Asking[] => [
  { share: 1800, path: (turn) => pages[turn % pages.length] ?? '/' },
  { share: 80, path: (turn) => `/search?q=release+${turn % 97}` },
  { share: 100, path: () => '/invite' },
  { share: 20, path: () => '/session', headers: { Cookie: cookie } },
]

/** The same, and some who fill in a form, as often as the site lets them do so from one address. */
export const readingAndWriting = (cookie: string): Asking[] => [
  ...reading(cookie),
  { share: 2, path: () => '/session', form: (turn) => ({ name: `Visitor ${turn}` }) },
]

export interface Answer {
  readonly status: number
  readonly body: string
  readonly cookie: string
}

/** Asks the front of a node as a browser does that found the node under the site's name. */
export function ask(
  node: Machine,
  path: string,
  options: { cookie?: string; form?: Record<string, string> } = {},
) {
  const { cookie = '', form } = options
  const body = form && new URLSearchParams(form).toString()
  const headers = {
    Host: HOST,
    ...(cookie && { Cookie: cookie }),
    ...(body && { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `https://${HOST}` }),
  }
  const agent = new Agent({ rejectUnauthorized: false })
  return new Promise<Answer>((resolve, reject) => {
    const method = body ? 'POST' : 'GET'
    const req = request(
      `https://${node.address}${path}`,
      { agent, headers, method, timeout: 5000 },
      (res) => {
        const [set = ''] = res.headers['set-cookie'] ?? []
        const answer = (body: string) => ({
          status: res.statusCode ?? 0,
          body,
          cookie: set.split(';')[0] ?? '',
        })
        text(res).then((body) => resolve(answer(body)), reject)
      },
    )
    req.on('timeout', () => req.destroy(new Error('no answer in time'))).on('error', reject)
    req.end(body)
  })
}

/** Somebody whom the site knows by this name; their cookie. */
export async function introduced(node: Machine, name: string): Promise<string> {
  const { status, cookie } = await ask(node, '/session', { form: { name } })
  if (status !== 303 || cookie === '') throw new Error(`/session answered ${status}`)
  return cookie
}
