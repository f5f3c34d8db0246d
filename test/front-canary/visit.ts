import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'

export interface Question {
  readonly path: string
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
}

export interface Seen {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** As a browser says that it opens a page. */
export const PERSON = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Sec-Fetch-Dest': 'document',
  Accept: 'text/html,application/xhtml+xml',
} as const

/** One request of a person over TLS, on a connection of its own where no agent is given. A header of undefined is left out. */
export async function ask(port: number, question: string | Question, agent?: Agent): Promise<Seen> {
  const { path, method = 'GET', headers = {} } = typeof question === 'string' ? { path: question } : question
  const { promise, resolve, reject } = Promise.withResolvers<Seen>()
  const said = Object.entries({ ...PERSON, ...headers }).filter(([, value]) => value !== undefined)
  const options = {
    ...{ host: '127.0.0.1', port, path, method, rejectUnauthorized: false, agent: agent ?? false },
    headers: Object.fromEntries(said),
  }
  const outgoing = request(options, (res) => {
    const { statusCode: status = 0, headers } = res
    text(res).then((body) => resolve({ status, headers, text: body }), reject)
  })
  outgoing
    .on('error', reject)
    .setTimeout(30_000, () => outgoing.destroy(new Error(`${path}: no answer in 30 s`)))
  outgoing.end()
  return promise
}

/** Asks for all, over a few connections. */
export async function askAll(port: number, questions: readonly Question[]): Promise<Seen[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  try {
    return await Promise.all(questions.map((question) => ask(port, question, agent)))
  } finally {
    agent.destroy()
  }
}

/** What an answer has a browser keep: value and attributes by name. */
export const cookiesOf = ({ headers }: Seen): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (headers['set-cookie'] ?? []).map((line) => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )

/** The value of a cookie that an answer sets. */
export const cookieOf = (seen: Seen, name: string): string | undefined => cookiesOf(seen)[name]?.split(';')[0]
