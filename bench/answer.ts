import { readFileSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { get as getSecurely } from 'node:https'
import { buffer } from 'node:stream/consumers'

/** What browsers send; both sides of a comparison get it. */
export const browserHeaders = { 'Accept-Encoding': 'gzip, deflate, br, zstd' } as const

/** A page as it travels: the headers that the application set, names and values in turn, and the bytes. */
export interface Answer {
  readonly headers: readonly string[]
  readonly body: Buffer
}

const headersOfNode = new Set(['date', 'connection', 'keep-alive'])

/** Asks once. Throws when the answer is not a page. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    // The certificate of a benchmark signs itself.
    const options = { headers, agent: false, rejectUnauthorized: false }
    const req = url.startsWith('https:') ? getSecurely(url, options, resolve) : get(url, options, resolve)
    req.on('error', reject)
  })
  const body = await buffer(res)
  if (res.statusCode !== 200) throw new Error(`${url} answered ${res.statusCode}: ${body}`)
  const { rawHeaders } = res
  const own = rawHeaders.filter(
    (_, at) => !headersOfNode.has((rawHeaders[at - (at % 2)] ?? '').toLowerCase()),
  )
  return { headers: own, body }
}

/** What an answer says in a header; undefined when it does not have it. */
export function headerOf({ headers }: Answer, name: string): string | undefined {
  const at = headers.findIndex((key, index) => index % 2 === 0 && key.toLowerCase() === name.toLowerCase())
  return at < 0 ? undefined : headers[at + 1]
}

export const saveAnswer = (file: string, { headers, body }: Answer): void =>
  writeFileSync(file, JSON.stringify({ headers, body: body.toString('base64') }))

export function readAnswer(file: string): Answer {
  const { headers, body } = JSON.parse(readFileSync(file, 'utf8'))
  return { headers, body: Buffer.from(body, 'base64') }
}
